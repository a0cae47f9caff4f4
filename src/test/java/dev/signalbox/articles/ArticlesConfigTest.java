package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticlesConfigTest {

    @Test
    void defaults() {
        ArticlesConfig config = config(Map.of());

        assertThat(config.allowedDomains())
                .containsExactly(
                        "medium.com",
                        "*.medium.com",
                        "dev.to",
                        "substack.com",
                        "*.substack.com",
                        "wordpress.com",
                        "*.wordpress.com",
                        "github.com",
                        "*.github.com",
                        "*.blog",
                        "linkedin.com",
                        "*.linkedin.com",
                        "twitter.com",
                        "*.twitter.com",
                        "x.com",
                        "*.x.com");
        assertThat(config.ports()).containsExactly(80, 443);
        assertThat(config.trustedAddresses()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.maxBodyBytes().asLongValue()).isEqualTo(2 << 20);
        assertThat(config.maxRedirects()).isEqualTo(5);
        assertThat(config.userAgent()).isEqualTo("Signalbox (article reader)");
    }

    @Test
    void everyKeyExplicit() {
        ArticlesConfig config = config(Map.of(
                "signalbox.articles.allowed-domains", " Bücher.example , *.blog,[FD00::0:1]",
                "signalbox.articles.ports", "8080, 443",
                "signalbox.articles.trusted-addresses", "10.1.2.3, fd00::/8",
                "signalbox.articles.timeout", "2s",
                "signalbox.articles.connect-timeout", "250ms",
                "signalbox.articles.max-body-bytes", "1K",
                "signalbox.articles.max-redirects", "0",
                "signalbox.articles.user-agent", " Anna's reader/1 "));

        assertThat(config.allowedDomains()).containsExactly("xn--bcher-kva.example", "*.blog", "[fd00::1]");
        assertThat(config.ports()).containsExactly(8080, 443);
        assertThat(config.trustedAddresses()).hasValue(List.of("10.1.2.3", "fd00::/8"));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.maxBodyBytes().asLongValue()).isEqualTo(1_024);
        assertThat(config.maxRedirects()).isZero();
        assertThat(config.userAgent()).isEqualTo("Anna's reader/1");
    }

    /** Seed 2 shipped {@code blog.*.com} as a default. */
    @ParameterizedTest
    @ValueSource(strings = {"blog.attacker.com", "medium.com.evil.example", "evilmedium.com", "localhost", "127.0.0.1"})
    void defaultsDoNotAdmitStrangers(String host) {
        assertThat(new AllowedHosts(config(Map.of()).allowedDomains()).admit(WebHost.parse(host)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            allowed-domains   | medium.com,blog.*.com | a * can only stand
            allowed-domains   | https://medium.com    | expected a host name
            ports             | 80,0                  | from 1 to 65535
            ports             | 65536                 | from 1 to 65535
            ports             | http                  | from 1 to 65535
            trusted-addresses | 10.0.0.0/33           | expected an IP address
            trusted-addresses | blog.intern           | expected an IP address
            timeout           | 0s                    | from 1ms to 24h
            connect-timeout   | 25h                   | from 1ms to 24h
            max-body-bytes    | 0                     | from 1 to 1G
            max-redirects     | 101                   | from 0 to 100
            user-agent        | Reader\u00E9          | printable ASCII
            """)
    void valueOutOfBoundsStopsTheStart(String key, String value, String expected) {
        assertThatThrownBy(() -> config(Map.of("signalbox.articles." + key, value)))
                .hasMessageContaining("signalbox.articles." + key)
                .hasMessageContaining(expected);
    }

    private static ArticlesConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ArticlesConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ArticlesConfig.class);
    }
}
