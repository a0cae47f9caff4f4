package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkBoundsTest {

    @Test
    void defaultsAreWithinTheBounds() {
        assertThatCode(() -> LinkBounds.check(RedisConfigs.of(Map.of()))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            heartbeat       | 0ms | signalbox.redis.heartbeat is 0 ms, expected 10 to 86400000 ms
            heartbeat       | 2d  | signalbox.redis.heartbeat is 172800000 ms, expected 10 to 86400000 ms
            deadline        | 0ms | signalbox.redis.deadline is 0 ms, expected 1 to 60000 ms
            connect-timeout | -1s | signalbox.redis.connect-timeout is -1000 ms, expected 1 to 300000 ms
            follow-block    | 9ms | signalbox.redis.follow-block is 9 ms, expected 10 to 60000 ms
            follow-block    | 61s | signalbox.redis.follow-block is 61000 ms, expected 10 to 60000 ms
            """)
    void timeThatTheLinkCannotWorkWithIsRefusedByName(String property, String value, String refusal) {
        RedisConfig config = RedisConfigs.of(Map.of(property, value));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> LinkBounds.check(config))
                .withMessage(refusal);
    }
}
