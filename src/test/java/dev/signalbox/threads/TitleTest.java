package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitleTest {

    @Test
    void isTheFirstLine() {
        assertThat(Title.of("Redis outage drills\n\nWe froze it. We killed it."))
                .isEqualTo("Redis outage drills");
    }

    @Test
    void isTheFirstSentence() {
        assertThat(Title.of("Dr. Smith froze Redis 3.14 times. Nothing happened."))
                .isEqualTo("Dr. Smith froze Redis 3.14 times.");
    }

    @Test
    void isAllOfAShortText() {
        assertThat(Title.of("  hello ")).isEqualTo("hello");
    }

    @Test
    void isShortenedBetweenWords() {
        assertThat(Title.of("word ".repeat(40)))
                .isEqualTo("word ".repeat(20).strip() + "…")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void ofExactlyAHundredCharactersIsNotShortened() {
        assertThat(Title.of("w".repeat(100) + "\nmore")).isEqualTo("w".repeat(100));
        assertThat(Title.of("w".repeat(101))).isEqualTo("w".repeat(99) + "…");
    }

    @Test
    void isNotShortenedInsideACharacter() {
        assertThat(Title.of("x" + "👨‍👩‍👧‍👦".repeat(30))).isEqualTo("x" + "👨‍👩‍👧‍👦".repeat(14) + "…");
    }

    @Test
    void ofABlankTextIsNone() {
        assertThat(Title.of(" \n")).isNull();
    }

    @Test
    void ofOneCharacterUnderATowerOfMarksHasAnEnd() {
        String title = Title.of("z" + "\u0335".repeat(5_000));

        assertThat(title).isEqualTo("z" + "\u0335".repeat(98) + "…");
    }
}
