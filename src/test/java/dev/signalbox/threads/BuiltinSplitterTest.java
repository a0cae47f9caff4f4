package dev.signalbox.threads;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltinSplitterTest {

    @Test
    void aPostThatEndsBesideWhiteSpaceHasNeitherThatNorAMark() {
        for (int blanks = 10; blanks < 14; blanks++) {
            assertThat(new BuiltinSplitter(20)
                            .split("Hello" + " ".repeat(blanks) + "https://example.com/a/b?c=d&e=f#g"))
                    .first()
                    .extracting(Tweet::content)
                    .isEqualTo("1/4 Hello");
        }
    }

    @Test
    void aTextThatFitsIsOnePostWithoutANumber() {
        assertThat(split(280, "  Hello, world.\n")).containsExactly("Hello, world.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r\n", "\u3000"})
    void aBlankTextHasNoPosts(String text) {
        assertThat(split(280, text)).isEmpty();
    }

    @Test
    void paragraphsAndSentencesStayWhole() {
        String text = """
                Redis sits between your API and everything slow. When it is there, answers take a millisecond; when it is gone, \
                most services are gone with it. Ours is not.

                The trick is not to trust it. Every command has a deadline of a hundred milliseconds, every answer that matters \
                is also kept in memory, and a small circuit opens after a few misses so that nobody waits twice. Coming back is \
                harder than going away: what was written meanwhile must reach Redis exactly once.

                See https://example.com/posts/2026/redis-outage-drills for the whole story.
                """;

        assertThat(split(280, text))
                .containsExactly(
                        "1/3 Redis sits between your API and everything slow. When it is there, answers take a millisecond; when it"
                                + " is gone, most services are gone with it. Ours is not.",
                        "2/3 The trick is not to trust it. Every command has a deadline of a hundred milliseconds, every answer"
                                + " that matters is also kept in memory, and a small circuit opens after a few misses so that nobody"
                                + " waits twice.",
                        "3/3 Coming back is harder than going away: what was written meanwhile must reach Redis exactly once.\n\n"
                                + "See https://example.com/posts/2026/redis-outage-drills for the whole story.");
    }

    @Test
    void aSentenceThatIsTooLongEndsAtAClause() {
        assertThat(split(50, "Nobody knew what to say about it, least of all the two who had come to say it"))
                .containsExactly(
                        "1/2 Nobody knew what to say about it,", "2/2 least of all the two who had come to say it");
    }

    @Test
    void withoutAnyPunctuationPostsEndBetweenWords() {
        assertThat(split(24, "one two three four five six seven eight"))
                .containsExactly("1/2 one two three four", "2/2 five six seven eight");
    }

    @Test
    void abbreviationsAndNumbersAreNotTakenForTheEndOfASentence() {
        assertThat(
                        split(
                                44,
                                "He met Dr. Smith of the U.S. Army at 3.14 p.m. on St. James Street. Then, e.g. for tea, they left."))
                .containsExactly(
                        "1/3 He met Dr. Smith of the U.S. Army at",
                        "2/3 3.14 p.m. on St. James Street.",
                        "3/3 Then, e.g. for tea, they left.");
    }

    @Test
    void aListKeepsItsNumbersAndItsLines() {
        assertThat(split(44, "1. Start without Redis\n2. Kill it\n3. Start it again and see\n4. Freeze it"))
                .containsExactly(
                        "1/2 1. Start without Redis\n2. Kill it", "2/2 3. Start it again and see\n4. Freeze it");
    }

    @Test
    void quotationsEndWithTheirMarks() {
        assertThat(split(30, "“Why so much?” he asked. “Because.” Nobody else said a word."))
                .containsExactly("1/3 “Why so much?” he asked.", "2/3 “Because.”", "3/3 Nobody else said a word.");
    }

    @Test
    void emojiBehindASentenceStayWithIt() {
        assertThat(split(24, "Shipped it today! 🚀🚀 Now we rest a bit."))
                .containsExactly("1/2 Shipped it today! 🚀🚀", "2/2 Now we rest a bit.");
    }

    @Test
    void anAddressThatFitsStaysWhole() {
        assertThat(split(50, "Everything is written down at https://example.com/a-b/c.html?d=e"))
                .containsExactly("1/2 Everything is written down at", "2/2 https://example.com/a-b/c.html?d=e");
    }

    @Test
    void anAddressThatDoesNotFitIsCutBehindAJointWithAMark() {
        assertThat(split(30, "https://example.com/posts/redis-outage-drills"))
                .containsExactly("1/2 https://example.com/…", "2/2 posts/redis-outage-drills");
    }

    @Test
    void aWordThatDoesNotFitIsCutWithAMark() {
        assertThat(split(20, "Donaudampfschifffahrtselektrizität ist ein Wort."))
                .containsExactly("1/4 Donaudampfschif…", "2/4 ffahrtselektriz…", "3/4 ität ist ein", "4/4 Wort.");
    }

    @Test
    void chineseAndJapaneseEndAtTheirFullStopsAndNeedNoMark() {
        assertThat(split(24, "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ、何でも薄暗いじめじめした所で泣いていた。「そうか。」と言った。"))
                .containsExactly(
                        "1/4 吾輩は猫である。名前はまだ無い。", "2/4 どこで生れたかとんと見当がつかぬ、", "3/4 何でも薄暗いじめじめした所で泣いていた。", "4/4 「そうか。」と言った。");
    }

    @Test
    void arabicEndsAtItsQuestionMark() {
        assertThat(split(40, "مرحبا بالعالم، هل هذا صحيح؟ نعم هذا صحيح تماما ولا شك فيه."))
                .containsExactly("1/2 مرحبا بالعالم، هل هذا صحيح؟", "2/2 نعم هذا صحيح تماما ولا شك فيه.");
    }

    @Test
    void familiesFlagsAndSyllablesStayWhole() {
        assertThat(split(20, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦"))
                .containsExactly("1/2 👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "2/2 👨‍👩‍👧‍👦");
        assertThat(split(21, "🇩🇪".repeat(11))).containsExactly("1/2 " + "🇩🇪".repeat(8), "2/2 🇩🇪🇩🇪🇩🇪");
        assertThat(split(20, "\u1112\u1161\u11AB".repeat(7)))
                .containsExactly(
                        "1/2 " + "\u1112\u1161\u11AB".repeat(5) + "…", "2/2 " + "\u1112\u1161\u11AB".repeat(2));
    }

    @Test
    void aCharacterLongerThanAPostIsCutBetweenItsMarks() {
        // Given one letter under forty marks, which is one grapheme cluster
        String text = "z" + "\u0335".repeat(40);

        // When
        List<Tweet> thread = new BuiltinSplitter(20).split(text);

        // Then
        assertThat(thread).extracting(Tweet::characterCount).containsExactly(20, 20, 15);
        assertThat(thread.getFirst().content()).isEqualTo("1/3 z" + "\u0335".repeat(14) + "…");
    }

    @Test
    void controlCharactersAndUnpairedSurrogatesAreKept() {
        assertThat(split(280, "a\u0000b\uD800c")).containsExactly("a\u0000b\uD800c");
    }

    @Test
    void aNoBreakSpaceIsKept() {
        assertThat(split(20, "The price is 100\u00A0EUR in all"))
                .containsExactly("1/2 The price is", "2/2 100\u00A0EUR in all");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 98, 99, 100, 101, 999, 1000, 1001})
    void theNumbersOfALongThreadAreCountedInTheLengthOfItsPosts(int posts) {
        // Given words that fill a post each, whatever the number of digits
        String text = IntStream.range(0, posts).mapToObj(i -> "abcdefghijk").collect(joining(" "));

        // When
        List<Tweet> thread = new BuiltinSplitter(24).split(text);

        // Then
        assertThat(thread).hasSize(posts).allSatisfy(tweet -> {
            assertThat(tweet.total()).isEqualTo(posts);
            assertThat(tweet.content()).isEqualTo(tweet.number() + "/" + posts + " abcdefghijk");
        });
    }

    @Test
    void aTenthPostThatIsOnlyNeededForItsOwnDigitIsStillNumberedRight() {
        // Given a word that fills nine posts to the last code point, and one letter more
        String fills = "w".repeat(8 * 15 + 16);

        // When, Then
        assertThat(new BuiltinSplitter(20).split(fills)).hasSize(9);
        List<Tweet> ten = new BuiltinSplitter(20).split(fills + "w");
        assertThat(ten)
                .hasSize(10)
                .allSatisfy(tweet -> assertThat(tweet.characterCount()).isLessThanOrEqualTo(20));
        assertThat(ten.getFirst().content()).isEqualTo("1/10 " + "w".repeat(14) + "…");
        assertThat(ten.getLast().content()).isEqualTo("10/10 " + "w".repeat(11));
    }

    @Test
    void aLimitWithoutRoomForAWordIsRefused() {
        assertThatThrownBy(() -> new BuiltinSplitter(19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a ", "Hi. ", "猫", "🇩🇪", "\u0301", "👩‍", "\n", "(\"", "a-", ".", "I am, e.g. here! 😀 "})
    void aMillionCharactersTakeSeconds(String unit) {
        String text = unit.repeat(1_000_000 / unit.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(new BuiltinSplitter(20).split(text)).isNotNull();
            assertThat(new BuiltinSplitter(1000).split(text)).isNotNull();
        });
    }

    private static List<String> split(int limit, String text) {
        return new BuiltinSplitter(limit)
                .split(text).stream().map(Tweet::content).toList();
    }
}
