package dev.signalbox.origin;

import static dev.signalbox.origin.OriginState.Reachability.REACHABLE;
import static dev.signalbox.origin.OriginState.Reachability.UNKNOWN;
import static dev.signalbox.origin.OriginState.Reachability.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OriginHealthTest {

    private static final URI ASKED = URI.create("https://api.example.com/v1/models");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final OriginHealth health = new OriginHealth(now::get);

    @Test
    void nothingIsKnownBeforeTheFirstExchange() {
        assertThat(health.state()).isEqualTo(new OriginState(UNKNOWN, START));
    }

    @Test
    void sameOutcomeAgainDoesNotMoveItsBeginning() {
        health.answered(200);
        now.set(START.plusSeconds(60));

        health.answered(404);

        assertThat(health.state()).isEqualTo(new OriginState(REACHABLE, START));
    }

    @Test
    void changeBeginsWhenItIsSeen() {
        health.answered(200);
        now.set(START.plusSeconds(60));

        health.failed(new OriginFailure.TimedOut(ASKED, Duration.ofSeconds(1), "a.b"));

        assertThat(health.state()).isEqualTo(new OriginState(UNREACHABLE, START.plusSeconds(60)));
    }

    @Test
    void brokenConnectionsAreUnreachableAndBadAnswersAreNot() {
        health.failed(new OriginFailure.Unreachable(ASKED, "is away", "Look"));
        assertThat(health.state().reachability()).isEqualTo(UNREACHABLE);

        health.failed(new OriginFailure.Malformed(ASKED, "is odd"));
        assertThat(health.state().reachability()).isEqualTo(REACHABLE);

        health.failed(new OriginFailure.Incomplete(ASKED, "stopped"));
        assertThat(health.state().reachability()).isEqualTo(UNREACHABLE);

        health.failed(new OriginFailure.TooLarge(ASKED, 1, "a.b"));
        assertThat(health.state().reachability()).isEqualTo(REACHABLE);

        health.failed(new OriginFailure.BadAnswer(ASKED, 503));
        assertThat(health.state().reachability()).isEqualTo(UNREACHABLE);
    }
}
