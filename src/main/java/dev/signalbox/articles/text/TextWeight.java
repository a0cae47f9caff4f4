package dev.signalbox.articles.text;

/**
 * How much a text says, in letters of an alphabet: code points, of which those that stand for a syllable or a word count
 * twice, and white space in a row once. White space at the start counts nothing.
 */
final class TextWeight {

    private static final int FIRST_HANGUL_JAMO = 0x1100;
    private static final int FIRST_WIDE = 0x2E80;

    private TextWeight() {}

    static int of(String text) {
        int weight = 0;
        boolean isBlank = true;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            boolean wasBlank = isBlank;
            isBlank = isBlank(codePoint);
            if (!isBlank || !wasBlank) {
                weight += stands(codePoint);
            }
        }
        return weight;
    }

    static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static int stands(int codePoint) {
        return codePoint >= FIRST_HANGUL_JAMO && isSyllableOrWord(codePoint) ? 2 : 1;
    }

    private static boolean isSyllableOrWord(int codePoint) {
        return codePoint >= FIRST_WIDE
                && switch (Character.UnicodeScript.of(codePoint)) {
                    case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
                    default -> false;
                };
    }
}
