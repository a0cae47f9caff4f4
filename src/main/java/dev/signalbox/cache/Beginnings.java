package dev.signalbox.cache;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Notes what is known when a load begins. */
final class Beginnings {

    private final RedisTier shared;
    private final MarkSender sender;
    private final PendingMarks pending;
    private final InstantSource clock;

    Beginnings(RedisTier shared, MarkSender sender, PendingMarks pending, InstantSource clock) {
        this.shared = shared;
        this.sender = sender;
        this.pending = pending;
        this.clock = clock;
    }

    Beginning now(@Nullable Versions versions) {
        // What Redis lost its data during counts as of before.
        return new Beginning(shared.generation(), sender.seen(), pending.stamp(), versions, clock.instant());
    }
}
