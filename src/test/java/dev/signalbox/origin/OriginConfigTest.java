package dev.signalbox.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginConfigTest {

    @Test
    void defaults() {
        OriginConfig config = config(Map.of());

        assertThat(config.url()).isEmpty();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxBodyBytes().asLongValue()).isEqualTo(16 << 20);
    }

    @Test
    void everyKeyExplicit() {
        OriginConfig config = config(Map.of(
                "signalbox.origin.url", "https://api.example.com/base",
                "signalbox.origin.connect-timeout", "250ms",
                "signalbox.origin.timeout", "2m",
                "signalbox.origin.max-body-bytes", "1K"));

        assertThat(config.url()).hasValue(URI.create("https://api.example.com/base"));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.maxBodyBytes().asLongValue()).isEqualTo(1_024);
    }

    @Test
    void emptyUrlIsNone() {
        assertThat(config(Map.of("signalbox.origin.url", "")).url()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url             | api.example.com              | begins with http
            url             | ftp://api.example.com        | begins with http
            url             | https://                     | such as https
            url             | https:///path                | host name
            url             | https://me:s3cret@example.com | without a user name
            url             | https://example.com/#s3cret  | without a #
            url             | https://exa mple.com/s3cret  | such as https
            connect-timeout | 0s                           | from 1ms to 24h
            connect-timeout | -1s                          | from 1ms to 24h
            timeout         | 25h                          | from 1ms to 24h
            max-body-bytes  | 0                            | from 1 to 1G
            max-body-bytes  | 2G                           | from 1 to 1G
            """)
    void valueOutOfBoundsStopsTheStart(String key, String value, String expected) {
        assertThatThrownBy(() -> config(Map.of("signalbox.origin." + key, value)))
                .hasMessageContaining("signalbox.origin." + key)
                .hasMessageContaining(expected);
    }

    private static OriginConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OriginConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(OriginConfig.class);
    }
}
