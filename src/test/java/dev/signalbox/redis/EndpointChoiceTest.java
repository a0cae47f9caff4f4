package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.environment.RedisUrl;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointChoiceTest {

    /** In order of precedence. */
    private static final List<Map<String, String>> SOURCES = List.of(
            Map.of("url", "redis://url"),
            Map.of("private-url", "redis://private"),
            Map.of("host", "host"),
            Map.of("railway.host", "railway"),
            Map.of("public-url", "redis://public"));

    private static final List<String> HOSTS = List.of("url", "private", "host", "railway", "public");

    @Test
    void nothingSetIsNoEndpoint() {
        assertThat(choose(Map.of())).isEmpty();
        assertThat(choose(Map.of("port", "7000", "password", "alone", "railway.password", "alone")))
                .isEmpty();
    }

    @Test
    void firstThatIsSetWins() {
        for (int first = 0; first < SOURCES.size(); first++) {
            Map<String, String> properties = new HashMap<>();
            SOURCES.subList(first, SOURCES.size()).forEach(properties::putAll);

            assertThat(choose(properties).map(RedisUrl::host)).contains(HOSTS.get(first));
        }
    }

    @Test
    void hostComesWithItsOwnCompanions() {
        assertThat(choose(Map.of(
                        "host",
                        "redis",
                        "port",
                        "7000",
                        "username",
                        "u",
                        "password",
                        "p",
                        "db",
                        "3",
                        "railway.port",
                        "1",
                        "railway.password",
                        "other")))
                .contains(new RedisUrl(false, "redis", 7000, Optional.of("u"), Optional.of("p"), 3));
    }

    @Test
    void hostAloneIsAPlainServerOnTheUsualPort() {
        assertThat(choose(Map.of("host", "redis")))
                .contains(new RedisUrl(false, "redis", 6379, Optional.empty(), Optional.empty(), 0));
    }

    @Test
    void hostOfRailwayComesWithItsOwnCompanions() {
        assertThat(choose(Map.of(
                        "railway.host",
                        "redis.railway.internal",
                        "railway.port",
                        "7000",
                        "railway.user",
                        "default",
                        "railway.password",
                        "p",
                        "db",
                        "3",
                        "password",
                        "other")))
                .contains(new RedisUrl(
                        false, "redis.railway.internal", 7000, Optional.of("default"), Optional.of("p"), 0));
    }

    @Test
    void addressThatCannotBeReadIsRefusedEvenIfALaterOneCould() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> choose(Map.of("private-url", "localhost:6379", "public-url", "redis://public")))
                .withMessage("signalbox.redis.private-url: it does not begin with redis:// or rediss://");
    }

    private static Optional<RedisUrl> choose(Map<String, String> properties) {
        return EndpointChoice.from(RedisConfigs.of(properties));
    }
}
