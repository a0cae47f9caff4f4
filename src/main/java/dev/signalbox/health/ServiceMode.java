package dev.signalbox.health;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.signalbox.records.RecoveryReport;
import dev.signalbox.redis.LinkStatus;
import java.util.Locale;

/** How the service works at this moment, and what that says about Redis. */
enum ServiceMode {
    /** With Redis. */
    REDIS("connected"),
    /** Without the Redis that is configured. */
    FALLBACK("disconnected"),
    /** Connected again, not yet caught up. */
    RECOVERING("recovering"),
    /** Without Redis, because none is configured. */
    MEMORY("disabled");

    private final String redis;

    ServiceMode(String redis) {
        this.redis = redis;
    }

    /** How it works by the state of the link and what of this replica's records Redis does not have yet. */
    static ServiceMode of(LinkStatus link, RecoveryReport records) {
        return switch (link.state()) {
            // What refuses writes has not come to be caught up with: it says so of itself.
            case UP -> records.isCaughtUp() || !link.writable() ? REDIS : RECOVERING;
            case CONNECTING, OPEN -> FALLBACK;
            case RECOVERING -> RECOVERING;
            case DISABLED -> MEMORY;
        };
    }

    /** The state of Redis in the words of {@code services.redis}. */
    String redis() {
        return redis;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
