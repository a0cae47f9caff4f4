package dev.signalbox.origin;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** What the last exchange told about the origin. Safe on every thread; reading it costs one field. */
@ApplicationScoped
public class OriginHealth {

    private final ServerHealth health;

    /** Knows nothing yet. */
    public OriginHealth(InstantSource clock) {
        this.health = new ServerHealth("Origin", clock);
    }

    /** What is known. */
    public OriginState state() {
        return health.state();
    }

    void answered(int status) {
        health.answered(status);
    }

    void failed(OriginFailure failure) {
        health.failed(failure);
    }
}
