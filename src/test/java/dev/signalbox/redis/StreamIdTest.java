package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "1795309186922-0", "1-10", "9223372036854775807-9223372036854775807"})
    void idIsSpelledAsItWasRead(String text) {
        assertThat(StreamId.parse(text)).hasToString(text);
    }

    @Test
    void idHasTheTwoNumbersOfItsSpelling() {
        assertThat(StreamId.parse("1795309186922-3")).isEqualTo(new StreamId(1_795_309_186_922L, 3));
        assertThat(StreamId.parse("0-0")).isEqualTo(StreamId.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "5",
                "5-",
                "-5",
                "$",
                "+",
                "*",
                "5-*",
                "-1-0",
                "1--1",
                "05-0",
                "5-00",
                " 5-0",
                "5-0 ",
                "5-0-0",
                "a-b",
                "٥-٠",
                "9223372036854775808-0",
                "0-99999999999999999999"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamId.parse(text));
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamId(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamId(0, -1));
    }

    @Test
    void orderIsThatOfAppendingAndNotOfTheSpelling() {
        assertThat(StreamId.parse("9-9")).isLessThan(StreamId.parse("10-0"));
        assertThat(StreamId.parse("9-9")).isLessThan(StreamId.parse("9-10"));
        assertThat(StreamId.ZERO).isLessThan(StreamId.parse("0-1"));
        assertThat(StreamId.parse("9-9")).isEqualByComparingTo(new StreamId(9, 9));
    }

    @Test
    void laterOfTwoIsTheSameWhicheverComesFirst() {
        StreamId early = new StreamId(1, 9);
        StreamId late = new StreamId(2, 0);

        assertThat(StreamId.max(early, late)).isEqualTo(late);
        assertThat(StreamId.max(late, early)).isEqualTo(late);
    }
}
