package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerTimingTest {

    @Test
    void metricsAreShownInMillisecondsInTheirOrder() {
        ServerTiming timing =
                ServerTiming.none().with("l1", Duration.ofNanos(12_345)).with("redis", Duration.ofMillis(1_500));

        assertThat(timing.headerValue()).isEqualTo("l1;dur=0.012, redis;dur=1500.000");
    }

    @Test
    void nothingMeasuredIsNothingShown() {
        assertThat(ServerTiming.none().headerValue()).isEmpty();
    }
}
