package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisConfigTest {

    @Test
    void defaultsAreTheDocumentedOnes() {
        RedisConfig config = RedisConfigs.of(Map.of());

        assertThat(config.url()).isEmpty();
        assertThat(config.privateUrl()).isEmpty();
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.host()).isEmpty();
        assertThat(config.port()).isEqualTo(6379);
        assertThat(config.username()).isEmpty();
        assertThat(config.password()).isEmpty();
        assertThat(config.db()).isZero();
        assertThat(config.railway().host()).isEmpty();
        assertThat(config.railway().port()).isEqualTo(6379);
        assertThat(config.railway().user()).isEmpty();
        assertThat(config.railway().password()).isEmpty();
        assertThat(config.mode()).isEqualTo(RedisConfig.Mode.STANDALONE);
        assertThat(config.tls().ca()).isEmpty();
        assertThat(config.tls().verify()).isTrue();
        assertThat(config.deadline()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.followBlock()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.keyPrefix()).isEqualTo("signalbox");
    }

    @Test
    void everyKeyCanBeSet() {
        RedisConfig config = RedisConfigs.of(Map.ofEntries(
                Map.entry("url", "redis://a"),
                Map.entry("private-url", "redis://b"),
                Map.entry("public-url", "redis://c"),
                Map.entry("host", "d"),
                Map.entry("port", "1"),
                Map.entry("username", "e"),
                Map.entry("password", "f"),
                Map.entry("db", "2"),
                Map.entry("railway.host", "g"),
                Map.entry("railway.port", "3"),
                Map.entry("railway.user", "h"),
                Map.entry("railway.password", "i"),
                Map.entry("mode", "standalone"),
                Map.entry("tls.ca", "/j.pem"),
                Map.entry("tls.verify", "false"),
                Map.entry("deadline", "250ms"),
                Map.entry("connect-timeout", "3s"),
                Map.entry("heartbeat", "2s"),
                Map.entry("follow-block", "4s"),
                Map.entry("key-prefix", "k")));

        assertThat(config.url()).contains("redis://a");
        assertThat(config.privateUrl()).contains("redis://b");
        assertThat(config.publicUrl()).contains("redis://c");
        assertThat(config.host()).contains("d");
        assertThat(config.port()).isEqualTo(1);
        assertThat(config.username()).contains("e");
        assertThat(config.password()).contains("f");
        assertThat(config.db()).isEqualTo(2);
        assertThat(config.railway().host()).contains("g");
        assertThat(config.railway().port()).isEqualTo(3);
        assertThat(config.railway().user()).contains("h");
        assertThat(config.railway().password()).contains("i");
        assertThat(config.mode()).isEqualTo(RedisConfig.Mode.STANDALONE);
        assertThat(config.tls().ca()).contains("/j.pem");
        assertThat(config.tls().verify()).isFalse();
        assertThat(config.deadline()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.followBlock()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.keyPrefix()).isEqualTo("k");
    }

    @Test
    void unknownKeyFails() {
        assertThatThrownBy(() -> RedisConfigs.of(Map.of("dead-line", "100ms")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("signalbox.redis.dead-line");
    }

    @ParameterizedTest
    @CsvSource({"port, x", "db, x", "mode, sharded", "deadline, soon"})
    void valueThatCannotBeReadFails(String key, String value) {
        assertThatThrownBy(() -> RedisConfigs.of(Map.of(key, value))).hasMessageContaining("signalbox.redis." + key);
    }
}
