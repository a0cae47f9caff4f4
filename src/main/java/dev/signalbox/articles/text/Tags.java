package dev.signalbox.articles.text;

import java.util.Set;
import org.jsoup.nodes.Element;

/** What the elements of HTML do to the text in them. */
final class Tags {

    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
            "img", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rb", "ruby", "s", "samp", "small", "span",
            "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr");

    private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");
    private static final Set<String> VERBATIM = Set.of("pre", "listing", "xmp", "plaintext");

    private Tags() {}

    /** Whether it stands on lines of its own. Elements that nobody knows do: they are what sites build their pages of. */
    static boolean isBlock(Element element) {
        return !INLINE.contains(element.normalName());
    }

    static boolean isHeading(Element element) {
        return HEADINGS.contains(element.normalName());
    }

    /** Whether its lines and spaces are part of what it says. */
    static boolean isVerbatim(Element element) {
        return VERBATIM.contains(element.normalName());
    }

    static boolean isList(Element element) {
        return switch (element.normalName()) {
            case "ul", "ol", "dl" -> true;
            default -> false;
        };
    }
}
