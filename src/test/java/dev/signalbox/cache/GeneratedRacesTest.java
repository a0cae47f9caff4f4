package dev.signalbox.cache;

import dev.signalbox.redis.RedisLink;
import dev.signalbox.testsupport.RedisServer;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loads, invalidations, requests and losses in every order that chance finds, on three replicas of one Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedRacesTest {

    private static final int STEPS = 300;
    private static final int SEEDS = 40;

    private final RedisServer redis = RedisServer.start();
    private final Fleet base = new Fleet(redis, "base");
    private final List<RedisLink> links =
            Stream.generate(() -> base.link(Fleet.CALM)).limit(3).toList();

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @AfterAll
    void end() {
        base.close();
        redis.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatAHardInvalidationCoversIsNeverServedAfterIt(long seed) {
        try (Fleet fleet = new Fleet(redis, "race-" + seed)) {
            Races races = new Races(fleet, links, seed);
            for (int step = 0; step < STEPS; step++) {
                races.step();
            }
            races.finish();
        }
    }
}
