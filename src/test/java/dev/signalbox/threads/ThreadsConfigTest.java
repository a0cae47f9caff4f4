package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsConfigTest {

    @Test
    void defaults() {
        ThreadsConfig config = config(Map.of());

        assertThat(config.maxTweetLength()).isEqualTo(280);
        assertThat(config.maxContentLength()).isEqualTo(10_000);
    }

    @Test
    void everyKeyExplicit() {
        ThreadsConfig config = config(Map.of(
                "signalbox.threads.max-tweet-length", "500",
                "signalbox.threads.max-content-length", "1000000"));

        assertThat(config.maxTweetLength()).isEqualTo(500);
        assertThat(config.maxContentLength()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-tweet-length   | 39       | from 40 to 100000
            max-tweet-length   | 100001   | from 40 to 100000
            max-tweet-length   | many     | from 40 to 100000
            max-content-length | 0        | from 1 to 10000000
            max-content-length | -1       | from 1 to 10000000
            max-content-length | 10000001 | from 1 to 10000000
            """)
    void valueOutOfBoundsStopsTheStart(String key, String value, String expected) {
        assertThatThrownBy(() -> config(Map.of("signalbox.threads." + key, value)))
                .hasMessageContaining("signalbox.threads." + key)
                .hasMessageContaining(expected);
    }

    private static ThreadsConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ThreadsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ThreadsConfig.class);
    }
}
