package dev.signalbox.articles.text;

import dev.signalbox.articles.text.Extraction.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Tells why a page has no text. */
final class EmptyPage {

    private static final Set<String> MOUNTS = Set.of(
            "__next",
            "__nuxt",
            "___gatsby",
            "app",
            "app-root",
            "application",
            "ember-app",
            "main-app",
            "mount",
            "react-root",
            "root",
            "svelte");

    private static final List<String> DEMANDS = List.of(
            "enable javascript",
            "javascript is disabled",
            "javascript is not enabled",
            "javascript is required",
            "javascript must be enabled",
            "javascript to run",
            "needs javascript",
            "requires javascript",
            "turn on javascript",
            "without javascript");

    /** Who writes more than that writes about it. */
    private static final int NOTICE_WEIGHT = 400;

    private EmptyPage() {}

    static Reason reason(Document document) {
        boolean isProgram = document.getElementsByTag("script").stream().anyMatch(EmptyPage::isProgram);
        boolean waits = document.body().getAllElements().stream().anyMatch(EmptyPage::isMount)
                || document.getElementsByTag("noscript").stream().anyMatch(note -> demands(note.text()));
        return isProgram && waits ? Reason.NEEDS_JAVASCRIPT : Reason.TOO_SHORT;
    }

    /** Whether all that a page says is that it has to be run. */
    static boolean isNotice(String text) {
        return TextWeight.of(text) < NOTICE_WEIGHT && demands(text);
    }

    private static boolean isProgram(Element script) {
        String type = script.attr("type").toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("module") || type.endsWith("/javascript");
    }

    private static boolean isMount(Element element) {
        return MOUNTS.contains(element.id()) || element.normalName().equals("app-root");
    }

    private static boolean demands(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("javascript") && DEMANDS.stream().anyMatch(lower::contains);
    }
}
