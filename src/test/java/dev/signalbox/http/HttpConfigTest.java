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
        assertThat(config.adminApiKeys()).isEmpty();
        assertThat(config.corsOrigins()).isEmpty();
        assertThat(config.trustedProxyHops()).isZero();
        assertThat(config.environment()).isEqualTo("development");
    }

    @Test
    void everyKeyExplicit() {
        HttpConfig config = config(Map.of(
                "signalbox.http.api-keys", "alice:k1,k2",
                "signalbox.http.admin-api-keys", "ops:k3",
                "signalbox.http.cors-origins", "https://a.example,https://b.example/",
                "signalbox.http.trusted-proxy-hops", "2",
                "signalbox.http.environment", "production"));

        assertThat(config.apiKeys()).contains("alice:k1,k2");
        assertThat(config.adminApiKeys()).contains("ops:k3");
        assertThat(config.corsOrigins().orElseThrow()).containsExactly("https://a.example", "https://b.example/");
        assertThat(config.trustedProxyHops()).isEqualTo(2);
        assertThat(config.environment()).isEqualTo("production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", " Production ", "PROD"})
    void productionIsStrictHoweverItIsWritten(String name) {
        assertThat(config(Map.of("signalbox.http.environment", name)).environment())
                .isEqualTo("production");
    }

    @Test
    void whatIsNoNameOfAnEnvironmentStopsTheStart() {
        assertThatThrownBy(() -> config(Map.of("signalbox.http.environment", "pro duction")))
                .hasMessageContaining("expected development, production or another word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "ftp://app.example", "https://app.example/path", "https://", "null"})
    void whatIsNoOriginStopsTheStart(String origin) {
        HttpConfig config = config(Map.of("signalbox.http.cors-origins", origin));

        assertThatThrownBy(() -> new CrossOrigin(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("signalbox.http.cors-origins: '" + origin + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "1.0", "10.0.0.0/8", "99999999999"})
    void whatIsNoNumberOfProxiesStopsTheStart(String hops) {
        assertThatThrownBy(() -> config(Map.of("signalbox.http.trusted-proxy-hops", hops)))
                .hasMessageContaining("expected a number from 0 to 100");
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
