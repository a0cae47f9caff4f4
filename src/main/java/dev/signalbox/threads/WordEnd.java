package dev.signalbox.threads;

import java.util.Locale;
import java.util.Set;

/**
 * What the last characters of a word say about the white space behind it.
 *
 * @param boundary what they say where the next word does not begin in lower case
 * @param beforeLowerCase what they say where it does
 */
record WordEnd(Boundary boundary, Boundary beforeLowerCase) {

    private static final WordEnd PLAIN = new WordEnd(Boundary.WORD, Boundary.WORD);
    private static final WordEnd ABBREVIATION = new WordEnd(Boundary.TIGHT, Boundary.TIGHT);
    private static final WordEnd CLAUSE = new WordEnd(Boundary.CLAUSE, Boundary.CLAUSE);
    private static final WordEnd SENTENCE = new WordEnd(Boundary.SENTENCE, Boundary.SENTENCE);
    private static final WordEnd SENTENCE_OR_CLAUSE = new WordEnd(Boundary.SENTENCE, Boundary.CLAUSE);

    /** Those that a name or a number follows; one that may as well end a sentence, such as "etc.", is not among them. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "fr", "sr", "jr", "st", "mt", "gen", "col", "capt", "sgt",
            "lt", "gov", "sen", "rep", "hon", "vs", "cf", "ca", "approx", "no", "nos", "nr", "fig", "figs", "eq", "sec",
            "ch", "vol", "pp", "ed", "eds", "bzw", "vgl", "inkl", "mme", "mlle", "sra", "srta", "dott", "sig");

    /** Longer words are not looked up. */
    private static final int LONGEST_ABBREVIATION = 12;

    /**
     * Reads the end of a word.
     *
     * @param startsLine whether it is the first of its line, where {@code "3."} is the number of a list item
     */
    static WordEnd of(String word, boolean startsLine) {
        String bare = withoutClosing(word);
        if (bare.isEmpty()) {
            return PLAIN;
        }
        int last = bare.codePointBefore(bare.length());
        if (Glyphs.endsSentence(last)) {
            return bare.length() == word.length() ? SENTENCE : SENTENCE_OR_CLAUSE;
        }
        if (Glyphs.isFullStop(last)) {
            return isAbbreviation(bare) || (startsLine && isNumber(bare)) ? ABBREVIATION : SENTENCE_OR_CLAUSE;
        }
        return Glyphs.endsClause(last) ? CLAUSE : PLAIN;
    }

    /** What lies between this word and the one that begins at an offset. */
    Boundary before(String text, int offset) {
        int first = offset;
        while (first < text.length() && Glyphs.opens(text.codePointAt(first))) {
            first += Character.charCount(text.codePointAt(first));
        }
        return first < text.length() && Character.isLowerCase(text.codePointAt(first)) ? beforeLowerCase : boundary;
    }

    private static String withoutClosing(String word) {
        int end = word.length();
        while (end > 0 && Glyphs.closes(word.codePointBefore(end))) {
            end -= Character.charCount(word.codePointBefore(end));
        }
        return word.substring(0, end);
    }

    /** One of the list, or letters with a full stop behind each: "e.g.", "U.S.", the initial of a name. */
    private static boolean isAbbreviation(String word) {
        if (word.length() > LONGEST_ABBREVIATION || !word.endsWith(".")) {
            return false;
        }
        int start = 0;
        while (Glyphs.opens(word.codePointAt(start))) {
            start++;
        }
        String letters = word.substring(start, word.length() - 1);
        return ABBREVIATIONS.contains(letters.toLowerCase(Locale.ROOT)) || isDotted(letters);
    }

    private static boolean isDotted(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if (i % 2 == 0 ? !Character.isLetter(letters.charAt(i)) : letters.charAt(i) != '.') {
                return false;
            }
        }
        return letters.length() % 2 == 1;
    }

    private static boolean isNumber(String word) {
        return word.chars().limit(word.length() - 1L).allMatch(Character::isDigit);
    }
}
