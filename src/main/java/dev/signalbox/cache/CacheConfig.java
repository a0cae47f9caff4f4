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
         * origin; too big takes the memory of everything else. 0 switches the tier off, for every category.
         */
        @WithDefault("32M")
        MemorySize maxBytes();
    }

    /** How one category is kept. */
    interface Policy {

        /** Time for which an answer is fresh. */
        @WithDefault("5m")
        Duration ttl();

        /** Part of the ttl by which entries live shorter at random, at most 0.5, so that they do not expire together. */
        @WithDefault("0.05")
        double jitterRatio();

        /**
         * Time after the ttl in which an answer is served while a refresh is under way (RFC 5861 §3). 0 lets the first who
         * asks wait for it.
         */
        @WithDefault("0s")
        Duration staleWhileRevalidate();

        /** Time after the ttl in which an answer is served where loading fails (RFC 5861 §4). 0 shows every failure. */
        @WithDefault("0s")
        Duration staleIfError();

        /**
         * Last part of the ttl in which a hit starts a refresh, at most 0.9, so that what is asked for often never expires.
         * 0 refreshes nothing early.
         */
        @WithDefault("0")
        double earlyRefreshRatio();

        /**
         * Longest wait for a load while there is something stale to serve within {@code stale-if-error}; the load goes on.
         * Unset: until the load ends.
         */
        Optional<Duration> softTimeout();

        /** Longest load. Too short never gets a slow answer; too long lets those who wait for it hang. */
        @WithDefault("2m")
        Duration hardTimeout();

        /** Time after a failed load in which what is stale is served without trying again. */
        @WithDefault("1s")
        Duration failurePause();

        /** Time for which a negative answer, such as a 404, is kept. 0 keeps none. */
        @WithDefault("0s")
        Duration negativeTtl();

        /**
         * Longest time without word of the fleet's invalidations for which what is in memory is served; for what was loaded
         * meanwhile it begins with the load. Unset: as long as entries live, ttl and stale window.
         */
        Optional<Duration> outageBound();

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
