package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    @Test
    void aKeyIsCalledByItsName() {
        ApiKeys keys = ApiKeys.parse("p", "alice:k1, bob:k2 ,alice:k3");

        assertThat(keys.nameOf("k1")).contains("alice");
        assertThat(keys.nameOf("k2")).contains("bob");
        assertThat(keys.nameOf("k3")).as("a second key of one holder").contains("alice");
        assertThat(keys.isEmpty()).isFalse();
    }

    @Test
    void aKeyWithoutNameIsCalledByItsDigest() {
        // printf secret | sha256sum
        assertThat(ApiKeys.parse("p", "secret").nameOf("secret")).contains("2bb80d537b1da3e3");
    }

    @Test
    void aKeyMayHoldColonsAfterTheFirst() {
        assertThat(ApiKeys.parse("p", "alice:a:b").nameOf("a:b")).contains("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "k11", "K1", "alice", "alice:k1", " k1"})
    void whatIsNoKeyHasNoName(String presented) {
        assertThat(ApiKeys.parse("p", "alice:k1").nameOf(presented)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void noTextIsNoKey(String text) {
        assertThat(ApiKeys.parse("p", text).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hush,,other        | entry 2
            hush,other,        | entry 3
            bob:               | entry 1
            :hush              | entry 1
            my app:hush        | entry 1
            bob:hu sh          | entry 1
            bob:hüsh           | entry 1
            bob:hush,tim:hush  | entry 2
            """)
    void whatCannotBeMeantStopsTheStartWithoutShowingAKey(String text, String where) {
        assertThatThrownBy(() -> ApiKeys.parse("signalbox.http.api-keys", text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("signalbox.http.api-keys: " + where)
                .hasMessageNotContainingAny("hush", "hu sh", "hüsh", "other");
    }

    @Test
    void itsTextShowsNothing() {
        assertThat(ApiKeys.parse("p", "alice:k1")).asString().doesNotContain("k1", "alice");
    }
}
