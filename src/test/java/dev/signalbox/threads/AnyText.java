package dev.signalbox.threads;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Text of the kinds that splitters get wrong, in any mixture. */
final class AnyText {

    private static final Arbitrary<String> EMOJI = Arbitraries.of(
            "😀",
            "👨‍👩‍👧‍👦",
            "👩🏽‍❤️‍💋‍👨🏾",
            "👍🏿",
            "🇩🇪",
            "🇫🇷",
            "🇪",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "1️⃣",
            "❤️‍🔥",
            "🏳️‍🌈",
            "☎︎",
            "👩‍",
            "\u200D",
            "\uFE0F",
            "🏽");

    private static final Arbitrary<String> MARKED = Arbitraries.of(
            "e\u0301",
            "a\u0323\u0307",
            "\u0301",
            " \u0308",
            "\u20DD",
            "Z\u0351\u036B\u0343",
            "\u0600a",
            "\r\n",
            "\u00AD",
            "\u200B");

    private static final Arbitrary<String> JOINED_SCRIPTS = Arbitraries.of(
            "क्षत्रिय",
            "क्‍ष",
            "ন্ত্র",
            "நிலா",
            "\u1112\u1161\u11AB",
            "\u1112\u1161",
            "한국어",
            "ภาษาไทย",
            "ก็ำ",
            "བོད་སྐད",
            "မြန်မာ");

    private static final Arbitrary<String> WIDE =
            Arbitraries.of("吾輩は猫である。", "名前はまだ無い、", "「そうか。」", "汉字", "！？", "カタカナ", "ｶﾞｷﾞ", "（注）", "𠮷野家", "一", "ー");

    private static final Arbitrary<String> RIGHT_TO_LEFT = Arbitraries.of(
            "مرحبا", "بالعالم.", "هل هذا صحيح؟", "شَكْلٌ", "שלום", "עוֹלָם,", "\u200F", "\u2067אב\u2069", "۱۲۳");

    private static final Arbitrary<String> LATIN = Arbitraries.of(
            "Hello",
            "world.",
            "e.g.",
            "3.14",
            "U.S.",
            "Dr.",
            "“Why?”",
            "(so,",
            "what)",
            "it's",
            "—",
            "well-known",
            "No!",
            "1.",
            "a",
            "https://example.com/a/b?c=d&e=f#g");

    private static final Arbitrary<String> BLANK = Arbitraries.of(
            " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "   ", "\u3000", "\u00A0", "\u2028", "\u2029", "\u000B",
            " \n \n ");

    private AnyText() {}

    /** Any mixture, without the mark of a cut word, so that a mark is the splitter's. */
    static Arbitrary<String> withoutEllipsis() {
        return pieces().list()
                .ofMaxSize(120)
                .map(pieces -> String.join("", pieces).replace("…", ""));
    }

    /** Any mixture at all. */
    static Arbitrary<String> anything() {
        return Arbitraries.frequencyOf(Tuple.of(12, pieces()), Tuple.of(1, Arbitraries.of("…", "……", "Wait…", "… ")))
                .list()
                .ofMaxSize(120)
                .map(pieces -> String.join("", pieces));
    }

    /** Words of Latin letters, each at most so long, with single spaces between them. */
    static Arbitrary<List<String>> words(int longest) {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(longest)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200);
    }

    private static Arbitrary<String> pieces() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, BLANK),
                Tuple.of(4, LATIN),
                Tuple.of(3, EMOJI),
                Tuple.of(3, MARKED),
                Tuple.of(3, WIDE),
                Tuple.of(3, RIGHT_TO_LEFT),
                Tuple.of(3, JOINED_SCRIPTS),
                Tuple.of(2, longWords()),
                Tuple.of(2, anyCodePoints()),
                Tuple.of(
                        1,
                        Arbitraries.of("\uD800", "\uDC00", "\uDBFF", "\u0000", "\u0007", "\u0085", "\uFEFF", "\uFFFE")),
                Tuple.of(1, manyMarks()));
    }

    private static Arbitrary<String> longWords() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-', '/', '.', 'ß')
                .ofMinLength(15)
                .ofMaxLength(400);
    }

    private static Arbitrary<String> anyCodePoints() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .map(Character::toString)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(codePoints -> String.join("", codePoints));
    }

    /** One character under a tower of combining marks, longer than some posts. */
    private static Arbitrary<String> manyMarks() {
        return Arbitraries.integers().between(10, 60).map(marks -> "z" + "\u0335\u0301".repeat(marks));
    }
}
