package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.redis.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

    @Test
    void idsAreWhatLoadsRememberAndSoftMarksDoNotChangeThem() {
        assertThat(new Versions(List.of("abc|", "def|5-0")).ids()).containsExactly("abc", "def");
        assertThat(new Versions(List.of("abc|7-0", "def|")).joined()).isEqualTo("abc/def");
        assertThat(new Versions(List.of("", "|5-0")).joined()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "|", "|5-0"})
    void versionWithoutAnIdGuardsNothing(String first) {
        assertThat(new Versions(List.of(first, "abc|")).lackFirst()).isTrue();
        assertThat(new Versions(List.of("abc|", first)).lackFirst()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4-0, true", "5-0, false", "6-0, false", "4-9, true"})
    void softMarkOutdatesWhatBeganBelowIt(String position, boolean outdated) {
        StreamId began = StreamId.parse(position);

        assertThat(new Versions(List.of("abc|", "def|5-0")).outdate(began)).isEqualTo(outdated);
        assertThat(new Versions(List.of("|5-0", "")).outdate(began)).isEqualTo(outdated);
        assertThat(new Versions(List.of("", "abc|")).outdate(began)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a|, b|, true",
        "'', b|, true",
        "'', '', true",
        "|5-0, b|9-0, true",
        "c|, b|, false",
        "a|, c|, false",
        "'', c|, false"
    })
    void whatHasNoVersionIsOlderThanWhatHasOneAndTwoVersionsAreStrangers(
            String first, String second, boolean included) {
        Versions own = new Versions(List.of("a|", "b|"));

        assertThat(own.include(new Versions(List.of(first, second)))).isEqualTo(included);
    }

    @Test
    void loadThatKnewNoVersionIsOlderThanOneThatDid() {
        assertThat(new Versions(List.of("", "b|")).include(new Versions(List.of("a|", "b|"))))
                .isFalse();
    }
}
