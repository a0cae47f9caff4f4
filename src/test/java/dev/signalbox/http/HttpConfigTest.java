package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {

    @Test
    void defaults() {
        HttpConfig config = config(Map.of());

        assertThat(config.apiKeys()).isEmpty();
        assertThat(config.corsOrigins()).isEmpty();
        assertThat(config.environment()).isEqualTo("development");
    }

    @Test
    void everyKeyExplicit() {
        HttpConfig config = config(Map.of(
                "signalbox.http.api-keys", "alice:k1,k2",
                "signalbox.http.cors-origins", "https://a.example,https://b.example/",
                "signalbox.http.environment", "production"));

        assertThat(config.apiKeys()).contains("alice:k1,k2");
        assertThat(config.corsOrigins().orElseThrow()).containsExactly("https://a.example", "https://b.example/");
        assertThat(config.environment()).isEqualTo("production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "ftp://app.example", "https://app.example/path", "https://", "null"})
    void whatIsNoOriginStopsTheStart(String origin) {
        HttpConfig config = config(Map.of("signalbox.http.cors-origins", origin));

        assertThatThrownBy(() -> new CrossOrigin(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("signalbox.http.cors-origins: '" + origin + "'");
    }

    @Test
    void withoutOriginsThereIsNothingToFilter() {
        assertThat(new CrossOrigin(config(Map.of())).isEnabled()).isFalse();
    }

    private static HttpConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(HttpConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(HttpConfig.class);
    }
}
