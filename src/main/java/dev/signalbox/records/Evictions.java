package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Whether Redis may throw away what has no lifetime, which records have not. Then they do not rest there: they are kept on
 * disk first, and what is not in Redis is absent only if nothing was thrown away since it was last complete.
 */
final class Evictions {

    private static final Logger LOG = Logger.getLogger(Evictions.class);
    private static final Pattern POLICY = Pattern.compile("(?m)^maxmemory_policy:([a-z-]+)\\s*$");
    private static final Pattern EVICTED = Pattern.compile("(?m)^evicted_keys:([0-9]+)\\s*$");
    private static final long UNKNOWN = -1;

    /** Each time everything that replicas hold is written, and a busy cache throws away some of it again at once. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private final RedisLink link;
    private final Ticker ticker;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile Policy policy = Policy.UNKNOWN;
    private volatile long completeAt = UNKNOWN;
    private volatile long completeNanos;

    Evictions(RedisLink link, Ticker ticker) {
        this.link = link;
        this.ticker = ticker;
    }

    private enum Policy {
        /** Redis has not answered yet. */
        UNKNOWN,
        /** Redis answers without telling: a proxy that has no such figure, or a user who may not ask. */
        UNTOLD,
        KEEPS,
        EVICTS
    }

    /** Whether records cannot be left to Redis, as far as is known. */
    boolean mayHappen() {
        return policy != Policy.KEEPS;
    }

    /** Asks Redis for its policy. Never fails: what is not known is not trusted. */
    Uni<Void> ask() {
        return link.send(RedisCommand.info("memory"))
                .invoke(info -> told(first(POLICY, info.text())))
                .replaceWithVoid()
                .onFailure(RedisFailure.class)
                .recoverWithItem(failure -> {
                    if (failure instanceof RedisFailure.Rejected rejected && rejected.isForItsOwnSake()) {
                        untold(rejected.code());
                    }
                    return null;
                });
    }

    /** Number of keys that Redis has thrown away since it started; negative if it does not tell. */
    Uni<Long> number() {
        return link.send(RedisCommand.info("stats"))
                .map(info -> first(EVICTED, info.text()))
                .map(number -> number.isEmpty() ? UNKNOWN : Long.parseLong(number))
                .onFailure(RedisFailure.class)
                .recoverWithItem(UNKNOWN);
    }

    /** Whether nothing was thrown away since Redis was complete. Asks Redis where that could be otherwise. */
    Uni<Boolean> noneSinceComplete() {
        return switch (policy) {
            case KEEPS, UNTOLD -> Uni.createFrom().item(true);
            case UNKNOWN ->
                ask().chain(() -> policy == Policy.UNKNOWN ? Uni.createFrom().item(false) : noneSinceComplete());
            case EVICTS -> number().map(number -> number != UNKNOWN && number == completeAt);
        };
    }

    /** Whether Redis is known to throw away what has no lifetime. */
    boolean areExpected() {
        return policy == Policy.EVICTS;
    }

    boolean isCompleteAt(long number) {
        return completeAt == number;
    }

    /** Whether it is time to write everything back, after so many evictions. A smaller number is of another run of the server. */
    boolean isDueAt(long number) {
        return number != UNKNOWN
                && (number < completeAt || completeAt == UNKNOWN || ticker.read() - completeNanos >= PAUSE_NANOS);
    }

    /** Says that all that this replica holds has been written back after so many evictions. */
    void completeAt(long number) {
        completeAt = number;
        completeNanos = ticker.read();
    }

    private void told(String name) {
        if (name.isEmpty()) {
            untold("INFO has no maxmemory_policy");
            return;
        }
        policy = name.startsWith("allkeys-") ? Policy.EVICTS : Policy.KEEPS;
        if (policy == Policy.EVICTS && warned.compareAndSet(false, true)) {
            LOG.warnf(
                    "[Records] Redis may throw records away (maxmemory-policy %s): receipts say journal, and what was thrown"
                            + " away is not known until it is written back. Use noeviction or volatile-*",
                    name);
        }
    }

    private void untold(String reason) {
        policy = Policy.UNTOLD;
        if (warned.compareAndSet(false, true)) {
            LOG.warnf(
                    "[Records] Redis does not tell whether it may throw records away (%s): they are kept on disk as well, and"
                            + " what it has not is taken for absent. Let this user call INFO, or see to it that the policy is"
                            + " noeviction or volatile-*",
                    reason);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
