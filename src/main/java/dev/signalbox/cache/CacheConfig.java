package dev.signalbox.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long what is kept, and how much of it. */
@ConfigMapping(prefix = "signalbox.cache")
public interface CacheConfig {

    /** The memory of this replica. */
    Local l1();

    /** A policy by the name of each category. One that is not named gets the defaults, which keep callers apart. */
    @WithDefaults
    Map<String, Policy> categories();

    /** The tier in front of Redis. */
    interface Local {

        /**
         * Memory for the entries of each category that names no other. Too small sends hits to Redis and an outage to the
         * origin; too big takes the memory of everything else. 0 switches the tier off.
         */
        @WithDefault("32M")
        MemorySize maxBytes();
    }

    /** How one category is kept. */
    interface Policy {

        /** Time for which an answer is fresh. Each entry gets up to 5 % less, so that they do not expire together. */
        @WithDefault("5m")
        Duration ttl();

        /** Who shares an answer. */
        @WithDefault("caller")
        Scope scope();

        /** Largest answer, without compression, that is kept. A larger one passes through and is counted. */
        @WithDefault("8M")
        MemorySize maxEntryBytes();

        /** Memory for this category, if not as much as for the others. */
        Optional<MemorySize> l1MaxBytes();
    }

    /** Who shares an answer. */
    enum Scope {
        /** Everyone: the answer depends on no credential. */
        PUBLIC,
        /** Nobody: each caller has answers of its own. */
        CALLER
    }
}
