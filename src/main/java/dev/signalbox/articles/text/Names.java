package dev.signalbox.articles.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * What the author of a page calls an element, in its classes and its id.
 *
 * @param tokens the names as they stand, in lower case
 * @param words the words that they are made of: {@code postMeta-author} is post, meta, author. Names that say what a part has,
 *     lacks or is about, rather than what it is, have none.
 */
record Names(List<String> tokens, List<String> words) {

    /** Real ones are shorter; a longer one is not worth the time. */
    private static final int MOST_CHARS = 500;

    private static final Set<String> SAY_SOMETHING_ELSE =
            Set.of("has", "with", "no", "not", "without", "tag", "category", "cat", "topic", "lang", "js", "type");

    private static final Names NONE = new Names(List.of(), List.of());

    static Names of(Element element) {
        String classes = element.className();
        String id = element.id();
        if (classes.isEmpty() && id.isEmpty()) {
            return NONE;
        }
        Names names = new Names(new ArrayList<>(), new ArrayList<>());
        names.add(classes);
        names.add(id);
        return names;
    }

    private void add(String names) {
        int end = Math.min(names.length(), MOST_CHARS);
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || names.charAt(i) <= ' ') {
                addName(names.substring(start, i));
                start = i + 1;
            }
        }
    }

    private void addName(String name) {
        if (name.isEmpty()) {
            return;
        }
        tokens.add(name.toLowerCase(Locale.ROOT));
        int first = words.size();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || !Character.isLetterOrDigit(name.charAt(i)) || startsHump(name, i)) {
                addWord(name.substring(start, i));
                start = i < name.length() && Character.isLetterOrDigit(name.charAt(i)) ? i : i + 1;
            }
        }
        if (words.size() > first + 1 && SAY_SOMETHING_ELSE.contains(words.get(first))) {
            words.subList(first, words.size()).clear();
        }
    }

    private static boolean startsHump(String name, int at) {
        return at > 0 && Character.isUpperCase(name.charAt(at)) && Character.isLowerCase(name.charAt(at - 1));
    }

    private void addWord(String word) {
        if (!word.isEmpty()) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
    }

    boolean hasToken(Set<String> wanted) {
        return tokens.stream().anyMatch(wanted::contains);
    }

    boolean hasWord(Set<String> wanted) {
        return words.stream().anyMatch(wanted::contains);
    }
}
