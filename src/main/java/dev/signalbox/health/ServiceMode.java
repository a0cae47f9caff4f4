package dev.signalbox.health;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.signalbox.redis.LinkState;
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

    static ServiceMode of(LinkState state) {
        return switch (state) {
            case UP -> REDIS;
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
