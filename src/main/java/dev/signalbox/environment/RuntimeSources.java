package dev.signalbox.environment;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The only place where time and chance come from the machine. Everything else is given them. */
@Singleton
final class RuntimeSources {

    /** Wall time: for people and other machines. May step. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** Elapsed time: for deadlines and lifetimes. Never steps, means nothing outside this process. */
    @Produces
    @Singleton
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    /** Chance that nobody can foresee: for identities as well as for jitter. */
    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }
}
