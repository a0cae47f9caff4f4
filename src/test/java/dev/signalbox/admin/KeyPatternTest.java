package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.redis.KeySpace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {

    private final KeySpace keys = new KeySpace("app");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, app:*",
                "'', app:*",
                "*, app:*",
                "*models*, app:*models*",
                "app:cache:*, app:cache:*",
                "app:, app:",
                "app:cache:v1:models:{?}:*, app:cache:v1:models:{?}:*"
            })
    void whatIsOursIsAsked(String given, String glob) {
        assertThat(KeyPattern.read(given, keys).glob()).isEqualTo(glob);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other:*",
                "ap*",
                "app*",
                "a",
                "?",
                "[a]*",
                "app:[a]",
                "*\\*",
                "* *",
                "*\n*",
                "app:*a*a*a*a*",
                "app:ü"
            })
    void whatCouldBeOthersOrBeDearIsRefused(String given) {
        assertThatThrownBy(() -> KeyPattern.read(given, keys))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("The pattern m")
                .extracting(problem -> ((ProblemException) problem).type())
                .isEqualTo(ProblemType.BAD_REQUEST);
    }
}
