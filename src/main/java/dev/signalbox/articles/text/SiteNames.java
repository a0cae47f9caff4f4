package dev.signalbox.articles.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The names that a site goes by, for telling them from titles.
 *
 * @param names letters and digits only, in lower case
 */
record SiteNames(Set<String> names) {

    private static final String ARTICLE = "the";

    /** Shorter labels of a host are {@code m}, {@code en} and endings. */
    private static final int SHORTEST_LABEL = 3;

    /** Those that the page gives it, and those that its address does. */
    static SiteNames of(String host, Document document, StructuredData data, MetaData meta) {
        Set<String> names = new HashSet<>();
        Stream.of(meta.of("og:site_name"), meta.of("application-name"), data.publisher())
                .flatMap(Optional::stream)
                .map(SiteNames::letters)
                .forEach(names::add);
        document.getElementsByTag("h1").stream()
                .filter(SiteNames::leadsHome)
                .map(Element::text)
                .map(SiteNames::letters)
                .forEach(names::add);
        addHost(host.toLowerCase(Locale.ROOT), names);
        names.remove("");
        return new SiteNames(names);
    }

    /** What is a link to the first page names that. */
    private static boolean leadsHome(Element heading) {
        Element link = heading.firstElementChild();
        return link != null && link.nameIs("a") && link.absUrl("href").matches("https?://[^/?#]+/?");
    }

    private static void addHost(String host, Set<String> names) {
        names.add(letters(host));
        names.add(letters(host.replaceFirst("^www\\.", "")));
        String[] labels = host.split("\\.", -1);
        for (int i = 0; i < labels.length - 1; i++) {
            if (labels[i].length() >= SHORTEST_LABEL) {
                names.add(letters(labels[i]));
            }
        }
    }

    boolean has(String name) {
        String letters = letters(name);
        return names.contains(letters)
                || (letters.startsWith(ARTICLE) && names.contains(letters.substring(ARTICLE.length())))
                || names.contains(ARTICLE + letters);
    }

    /** By which two spellings of a name are compared. */
    static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
