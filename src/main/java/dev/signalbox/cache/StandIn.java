package dev.signalbox.cache;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.cache.SingleFlight.Landing;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Lets a stale entry stand in for a load that fails, or takes longer than anybody should wait (RFC 5861 §4). */
final class StandIn {

    private static final Logger LOG = Logger.getLogger(StandIn.class);

    private final InstantSource clock;

    StandIn(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * For one who waits. Whose load it is does not matter: one that was begun to refresh has no entry to fall back to.
     *
     * @param spare null for none: then the load is all there is
     */
    Uni<CachedAnswer> forOne(Ask ask, @Nullable Entry spare, Source source, Uni<CachedAnswer> load) {
        return spare == null
                ? load
                : load.ifNoItem()
                        .after(ask.policy().softTimeout())
                        .recoverWithItem(() -> spare.stale(source, clock.instant()))
                        .onFailure(failure -> isInTime(ask, spare, failure))
                        .recoverWithItem(() -> spare.stale(source, clock.instant()))
                        .emitOn(CallerContext.current());
    }

    /** For all who wait for a load that found the entry in Redis. The load goes on. */
    Uni<Landing<CachedAnswer>> forAll(Ask ask, Entry spare, Uni<Landing<CachedAnswer>> load) {
        Detached<Landing<CachedAnswer>> goingOn = new Detached<>();
        goingOn.begin(load);
        Uni<Void> rest = Uni.createFrom().deferred(goingOn::await).chain(Landing::afterwards);
        return goingOn.await()
                .ifNoItem()
                .after(ask.policy().softTimeout())
                .recoverWithItem(() -> new Landing<>(spare.stale(Source.L2, clock.instant()), true, rest))
                .onFailure(failure -> isInTime(ask, spare, failure))
                .recoverWithItem(() -> Landing.of(spare.stale(Source.L2, clock.instant())));
    }

    /** The load may have taken until after the entry's window. */
    private boolean isInTime(Ask ask, Entry spare, Throwable failure) {
        LOG.debugf("[Cache] %s could not be loaded: %s", ask.key().category().name(), failure);
        return Freshness.of(spare, Standing.GOOD, ask.policy(), clock.instant()) != Freshness.NONE;
    }
}
