package dev.signalbox.ratelimit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.TestDisks;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Shares;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The limiter of one replica, put together as in the service, by a time of the test's. */
final class TestReplica {

    static final KeySpace KEYS = new KeySpace("limits-test");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final CallerLimits limits;
    final RateLimiter redis;
    final RateLimiter local;
    final RateLimiter limiter;
    final RateLimiter remembering;
    final Settlement settlement;
    private final RedisLink link;

    /** A replica with a share in an outage. */
    TestReplica(RedisLink link, Clockwork clock, Shares shares) {
        this(link, clock, shares, 10_000);
    }

    TestReplica(RedisLink link, Clockwork clock, Shares shares, int mostCallers) {
        // Its threads are daemons, and end with the tests.
        this(link, clock, shares, mostCallers, new TestDisks().inMemory());
    }

    TestReplica(RedisLink link, Clockwork clock, Shares shares, int mostCallers, Disk disk) {
        this.link = link;
        this.limits = new CallerLimits(mostCallers);
        ReturnedReceipts returned = new ReturnedReceipts();
        SplittableRandom random = new SplittableRandom();
        Supplier<String> nonces = () -> HexFormat.of().toHexDigits(random.nextLong());
        RedisRateLimiter.Time time = new RedisRateLimiter.Time(() -> Long.toString(clock.micros()), clock::micros);
        this.redis = new RedisRateLimiter(link, KEYS, limits, returned, time, nonces);
        this.local = new LocalRateLimiter(
                limits, returned, shares, () -> link.status().state() != LinkState.DISABLED, clock::micros, nonces);
        this.limiter = new FallbackRateLimiter(link, redis, local);
        this.remembering = RememberedRefusals.wrap(limiter, clock::micros);
        this.settlement = new Settlement(
                link, KEYS, limits, new KeptBills(disk.shelf(KeptBills.SHELF, KeptBills::either)), time, nonces.get());
    }

    RedisLink link() {
        return link;
    }

    Decision decide(Claim claim) {
        return decide(limiter, claim);
    }

    @CanIgnoreReturnValue
    static Decision decide(RateLimiter limiter, Claim claim) {
        return limiter.decide(claim).await().atMost(PATIENCE);
    }

    static List<Decision> decide(RateLimiter limiter, List<Claim> claims) {
        return limiter.decide(claims).await().atMost(PATIENCE);
    }

    /** Whether Redis has confirmed everything that was charged to a caller; slots may always be told again. */
    boolean isSettled(Caller caller, long now) {
        AtomicBoolean settled = new AtomicBoolean(true);
        limits.change(caller, known -> {
            settled.set(known.byName().values().stream()
                    .filter(state -> !(state instanceof SlotState))
                    .allMatch(state -> state.bill(now, 1).charges().isEmpty()));
            return known;
        });
        return settled.get();
    }

    @CanIgnoreReturnValue
    long settle() {
        return settlement.settle().await().atMost(PATIENCE);
    }
}
