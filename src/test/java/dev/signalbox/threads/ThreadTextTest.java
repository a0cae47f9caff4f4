package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTextTest {

    @Test
    void lettersAndMarksAreComposed() {
        assertThat(normal("e\u0301a\u0323\u0307 \u1112\u1161\u11AB")).isEqualTo("\u00E9\u1EA1\u0307 한");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\u0085b", "a\fb", "a\u000Bb", "a \t\nb"})
    void everyLineEndIsALineFeed(String text) {
        assertThat(normal(text)).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\nb", "a\r\n\r\nb", "a\u2029b", "a\n \n\t\n\nb"})
    void aParagraphEndIsOneBlankLine(String text) {
        assertThat(normal(text)).isEqualTo("a\n\nb");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\n\n a \n", "\uFEFFa", " \uFEFF a\uFEFF", "\u00A0a\u00A0", "\u3000a\u3000\n"})
    void whiteSpaceAroundTheWholeIsGone(String text) {
        assertThat(normal(text)).isEqualTo("a");
    }

    @Test
    void whatIsInsideALineStays() {
        assertThat(normal("- a\n  - b\tc  d\u00A0e")).isEqualTo("- a\n  - b\tc  d\u00A0e");
    }

    @Test
    void controlCharactersAreGone() {
        assertThat(normal("a\u0000b\u0007c\u001B[0m\u007Fd\u009Be")).isEqualTo("abc[0mde");
    }

    @Test
    void joinersAndDirectionsStay() {
        assertThat(normal("👩‍👩‍👦 \u2067א\u2069 نمی‌خواهم")).isEqualTo("👩‍👩‍👦 \u2067א\u2069 نمی‌خواهم");
    }

    @Test
    void anUnpairedSurrogateIsReplaced() {
        assertThat(normal("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t", "\u0000", "\uFEFF", "\u00A0 \u2029"})
    void aTextOfNothingVisibleIsEmpty(String text) {
        assertThat(normal(text)).isEmpty();
    }

    @Test
    void lengthCountsCodePointsOfWhatIsLeft() {
        assertThat(ThreadText.of(" 𠮷e\u0301\r\n").length()).isEqualTo(2);
    }

    @Test
    void aTowerOfMarksCostsNoMoreThanAnyText() {
        // Given marks that canonical ordering would have to sort, a million of them
        String tower = "z" + "\u0301\u0327".repeat(500_000);

        // When, Then
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(normal(tower)).isEqualTo(tower));
    }

    private static String normal(String text) {
        return ThreadText.of(text).value();
    }
}
