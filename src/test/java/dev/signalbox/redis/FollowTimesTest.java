package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowTimesTest {

    @ParameterizedTest
    @CsvSource({"1s, 900, 1100", "60s, 59900, 60100", "110ms, 10, 210", "109ms, 10, 210", "10ms, 10, 210"})
    void serverIsAskedEarlyEnoughThatItsLateAnswerIsWithinTheBlockTimeAndOneDeadline(
            String followBlock, long blockMillis, long patienceMillis) {
        FollowTimes times = FollowTimes.of(RedisConfigs.of(Map.of("follow-block", followBlock, "deadline", "100ms")));

        assertThat(times.block()).isEqualTo(Duration.ofMillis(blockMillis));
        assertThat(times.patience()).isEqualTo(Duration.ofMillis(patienceMillis));
    }
}
