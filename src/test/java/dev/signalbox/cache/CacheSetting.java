package dev.signalbox.cache;

import dev.signalbox.http.Caller;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The cache that a contract is held against, and what surrounds it. */
interface CacheSetting {

    Duration PATIENCE = Duration.ofSeconds(60);
    Caller ANN = Caller.ofCredential("ann");
    Caller BOB = Caller.ofCredential("bob");

    /** A cache that is new to each test, and whose entries never have jitter. */
    Replica cache();

    /** Another one beside it, on the same link. */
    Replica replica(RandomGenerator random);

    /** The time of all caches of the test. */
    FakeTime time();

    /** Many callers at once. */
    Crowd crowd();

    /** What the callers run on. */
    Vertx vertx();
}
