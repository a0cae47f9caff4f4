package dev.signalbox.threads;

import dev.signalbox.cache.LeaderFailure;
import java.io.Serial;

/**
 * Whoever began a load may not have it. Whether the others who wait for it may, is another question. Without stack trace, as
 * the refusal itself.
 */
@SuppressWarnings("serial") // never serialised
final class LeaderRefused extends RuntimeException implements LeaderFailure {

    @Serial
    private static final long serialVersionUID = 1;

    private final Object leader;
    private final Throwable refusal;

    /**
     * A refusal.
     *
     * @param leader known by its identity
     */
    LeaderRefused(Object leader, Throwable refusal) {
        super("whoever began the load may not have it", refusal, false, false);
        this.leader = leader;
        this.refusal = refusal;
    }

    @SuppressWarnings("ReferenceEquality") // it has no other equality
    boolean isOf(Object somebody) {
        return leader == somebody;
    }

    Throwable refusal() {
        return refusal;
    }
}
