package dev.signalbox.origin;

import dev.signalbox.origin.OriginState.Reachability;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Remembers what the last exchange told about a server, and logs each change once. Asks nothing itself: reading it costs one
 * field.
 *
 * <p>Safe on every thread.
 */
final class ServerHealth {

    private static final Logger LOG = Logger.getLogger(ServerHealth.class);

    private final String name;
    private final InstantSource clock;
    private final AtomicReference<OriginState> state;

    /**
     * Knows nothing yet.
     *
     * @param name of the server, in the log
     */
    ServerHealth(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.state = new AtomicReference<>(new OriginState(Reachability.UNKNOWN, clock.instant()));
    }

    OriginState state() {
        return state.get();
    }

    void answered(int status) {
        switch (status) {
            // What a proxy says when the server behind it is gone (RFC 9110 §15.6.3 to 15.6.5).
            case 502, 503, 504 -> unreachable("it answered with status " + status);
            default -> reachable();
        }
    }

    void failed(OriginFailure failure) {
        switch (failure) {
            case OriginFailure.Unreachable none -> unreachable(none.getMessage());
            case OriginFailure.TimedOut late -> unreachable(late.getMessage());
            case OriginFailure.Incomplete part -> unreachable(part.getMessage());
            case OriginFailure.BadAnswer no -> answered(no.status());
            case OriginFailure.TooLarge _ -> reachable();
            case OriginFailure.Malformed _ -> reachable();
            case OriginFailure.LeftAlone _ -> {
                // Nothing was learned.
            }
        }
    }

    /** It answers, and takes no credential of ours. */
    void refused(String why) {
        if (changesTo(Reachability.REFUSED)) {
            LOG.warnf("[%s] Takes no credential of ours: %s", name, why);
        }
    }

    private void reachable() {
        if (changesTo(Reachability.REACHABLE)) {
            LOG.infof("[%s] Reachable", name);
        }
    }

    private void unreachable(String why) {
        if (changesTo(Reachability.UNREACHABLE)) {
            LOG.warnf("[%s] Unreachable: %s", name, why);
        }
    }

    private boolean changesTo(Reachability now) {
        OriginState before =
                state.getAndUpdate(last -> last.reachability() == now ? last : new OriginState(now, clock.instant()));
        return before.reachability() != now;
    }
}
