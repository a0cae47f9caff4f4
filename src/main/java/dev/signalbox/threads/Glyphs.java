package dev.signalbox.threads;

/** What a code point is to somebody who looks for a place to end a post. */
final class Glyphs {

    private static final String SENTENCE_ENDS = "!?‼‽⁇⁈⁉؟۔܀܁܂।॥၊။።፧፨᠃᠉។៕᙮";
    private static final String WIDE_SENTENCE_ENDS = "。！？｡";
    private static final String FULL_STOPS = ".…‥．";
    private static final String CLAUSE_ENDS = ",;:–—،؛፣፤";
    private static final String WIDE_CLAUSE_ENDS = "、，；：､";
    private static final String JOINTS = "/-_=&?+\u00AD\u2010";
    private static final String CLINGING = "ー々〻ゝゞヽヾ・ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\u200B";
    private static final String QUOTES = "\"'";

    private Glyphs() {}

    /** Ends a sentence without doubt. */
    static boolean endsSentence(int codePoint) {
        return isOneOf(SENTENCE_ENDS, codePoint) || endsWideSentence(codePoint);
    }

    /** Ends a sentence in a script that puts no space behind it. */
    static boolean endsWideSentence(int codePoint) {
        return isOneOf(WIDE_SENTENCE_ENDS, codePoint);
    }

    /** Ends a sentence or an abbreviation, or stands for something left out. */
    static boolean isFullStop(int codePoint) {
        return isOneOf(FULL_STOPS, codePoint);
    }

    static boolean endsClause(int codePoint) {
        return isOneOf(CLAUSE_ENDS, codePoint) || endsWideClause(codePoint);
    }

    static boolean endsWideClause(int codePoint) {
        return isOneOf(WIDE_CLAUSE_ENDS, codePoint);
    }

    /** Joins the parts of a compound or of an address. */
    static boolean isJoint(int codePoint) {
        return isOneOf(JOINTS, codePoint);
    }

    /** A closing bracket, or a quotation mark, which closes in one language what it opens in another. */
    static boolean closes(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION ->
                true;
            default -> isOneOf(QUOTES, codePoint);
        };
    }

    /** An opening bracket, or a quotation mark, which opens in one language what it closes in another. */
    static boolean opens(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.START_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION ->
                true;
            default -> isOneOf(QUOTES, codePoint) || codePoint == '¿' || codePoint == '¡';
        };
    }

    /** Must not be the first of a line. */
    static boolean clings(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.END_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.DASH_PUNCTUATION -> true;
            default -> isOneOf(CLINGING, codePoint);
        };
    }

    /** Belongs to a script that is written without spaces and may be parted after most of its characters. */
    static boolean isIdeograph(int codePoint) {
        return codePoint >= 0x2E80
                && (Character.isIdeographic(codePoint)
                        || (codePoint >= 0x3040 && codePoint <= 0x312F) // kana, Bopomofo
                        || (codePoint >= 0x31F0 && codePoint <= 0x31FF) // more kana
                        || (codePoint >= 0xFF66 && codePoint <= 0xFF9F)); // halfwidth kana
    }

    /** Begins an emoji; digits, which may, do not count. */
    static boolean isPictograph(int codePoint) {
        return codePoint > 0xFF
                && (Character.isExtendedPictographic(codePoint) || Character.isEmojiPresentation(codePoint));
    }

    private static boolean isOneOf(String codePoints, int codePoint) {
        return codePoint <= Character.MAX_VALUE && codePoints.indexOf(codePoint) >= 0;
    }
}
