package dev.signalbox.ratelimit;

import dev.signalbox.http.Tier;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limits of this service's own routes, by their names. */
@ConfigMapping(prefix = "signalbox.limits")
public interface LimitsConfig {

    /**
     * A limit by its name, 1 to 64 lower-case letters, digits and dashes. Under that name it is shown, and under it and how it
     * counts its state is kept: whoever changes the amount goes on counting, whoever changes the kind or the period of a window
     * begins anew.
     */
    @WithParentName
    Map<String, Rule> rules();

    /** A limit, and what it is for. */
    interface Rule {

        /**
         * What it limits: paths such as {@code /api/generate}, everything below one as {@code /v1/*}, each with a method
         * before it if only that is meant ({@code POST /api/generate}; {@code GET} is also for {@code HEAD}). The page at
         * {@code /}, {@code /health} and what lies below {@code /q} are never limited. A request that several limits match must be admitted by all.
         */
        List<String> match();

        /**
         * How requests are counted: {@code rate} without any boundary, {@code window} from midnight or the first of the
         * month (UTC) on, {@code concurrency} those that are under way at the same time.
         */
        @WithDefault("rate")
        Kind kind();

        /** How many, 1 or more. */
        @WithDefault("50")
        long amount();

        /**
         * Time in which that many are allowed: a duration for {@code rate}, {@code day} or {@code month} for
         * {@code window}; for {@code concurrency} the time after which a request is taken to be over.
         */
        @WithDefault("1h")
        String window();

        /**
         * What holds while Redis is away: {@code share} of the amount by the number of replicas, {@code open} or
         * {@code closed}.
         */
        @WithDefault("share")
        Limit.OnOutage onOutage();

        /**
         * For whom: {@code anonymous} callers, who count by their address, {@code client}s with a key, and the
         * {@code end-user}s for whom they speak. A request for an end user must be admitted by the limits of both, so
         * that users of one client have a limit of their own only where it is smaller than the client's.
         */
        @WithDefault("anonymous,client,end-user")
        Set<Tier> tiers();

        /** Whether it is only counted, in metrics, to see what it would refuse. */
        @WithDefault("false")
        boolean shadow();
    }

    /** How requests are counted. */
    enum Kind {
        /** See {@link Limit.Kind.Rate}. */
        RATE,
        /** See {@link Limit.Kind.Window}. */
        WINDOW,
        /** See {@link Limit.Kind.Concurrency}. */
        CONCURRENCY
    }
}
