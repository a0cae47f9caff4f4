package dev.signalbox.articles.text;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Tells what a browser would not show, as far as the page itself says so: style sheets are not read. */
final class Visibility {

    private static final Set<String> NEVER_SHOWN = Set.of(
            "annotation",
            "annotation-xml",
            "applet",
            "audio",
            "canvas",
            "datalist",
            "embed",
            "frameset",
            "head",
            "iframe",
            "map",
            "meta",
            "noframes",
            "noscript",
            "object",
            "rp",
            "rt",
            "script",
            "style",
            "svg",
            "template",
            "title",
            "video");

    private static final Set<String> FOR_SCREEN_READERS = Set.of(
            "sr-only",
            "screen-reader-text",
            "visually-hidden",
            "visuallyhidden",
            "screenreader",
            "assistive-text",
            "a11y-hidden");

    /** A page whose question covers all of it marks the rest as hidden, until a script takes that back. */
    private static final Set<String> WHOLE = Set.of("html", "body", "main", "article");

    private Visibility() {}

    static boolean isHidden(Element element) {
        if (NEVER_SHOWN.contains(element.normalName())) {
            return true;
        }
        if (element.attributesSize() == 0) {
            return false;
        }
        return element.hasAttr("hidden")
                || isStyledAway(element.attr("style"))
                || (element.attr("aria-hidden").equals("true") && !WHOLE.contains(element.normalName()))
                || Names.of(element).hasToken(FOR_SCREEN_READERS);
    }

    private static boolean isStyledAway(String style) {
        if (style.isEmpty()) {
            return false;
        }
        String compact = style.toLowerCase(Locale.ROOT).replace(" ", "");
        return compact.contains("display:none") || compact.contains("visibility:hidden");
    }
}
