package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
    private final OncePerSecond pace = new OncePerSecond(now::get);

    @Test
    void firstAndThenOneASecond() {
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isDue()).isFalse();

        now.set(now.get().plusMillis(999));
        assertThat(pace.isDue()).isFalse();

        now.set(now.get().plusMillis(1));
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isDue()).isFalse();
    }

    @Test
    void clockThatWasSetBackDoesNotSilenceIt() {
        assertThat(pace.isDue()).isTrue();

        now.set(now.get().minusSeconds(3_600));

        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isDue()).isFalse();
    }
}
