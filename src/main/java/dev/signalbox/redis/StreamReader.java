package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;

/**
 * Reads one stream for its follower, on a connection of its own, whenever the link is up.
 *
 * <p>The loss of this connection says nothing about the others, so the link never hears of it; the loss of the link ends
 * this one too, since the next server may be another. Used on one event loop only.
 */
final class StreamReader {

    private static final long NO_TIMER = -1;

    private final FollowedStream stream;
    private final FollowTimes times;
    private final Lane lane;
    private final Backoff backoff;
    private final Ticker ticker;

    /** Counts the connections, so that what comes late of one that was given up is not heard. */
    private long attempt;

    private boolean wanted;
    private boolean stopped;
    private boolean heard;
    private long heardSinceNanos;
    private long retry = NO_TIMER;

    /**
     * A reader that waits for the link.
     *
     * @param dialer for connections that may be silent for as long as a read may block
     */
    StreamReader(
            FollowedStream stream,
            FollowTimes times,
            ContextInternal context,
            Dialer dialer,
            Backoff backoff,
            Ticker ticker) {
        this.stream = stream;
        this.times = times;
        this.lane = new Lane(context, dialer, times.patience(), ticker, lost -> {});
        this.backoff = backoff;
        this.ticker = ticker;
    }

    /** Begins, goes on or pauses with the link. */
    void linkIs(LinkStatus status) {
        if (stopped || wanted == status.readable()) {
            return;
        }
        wanted = status.readable();
        if (wanted) {
            connect();
        } else {
            hangUp();
            stream.interrupt(status.error().orElse("Redis is not connected"));
        }
    }

    /** Ends for good; the follower hears nothing of it. */
    void stop() {
        stopped = true;
        hangUp();
    }

    private void connect() {
        long mine = ++attempt;
        heard = false;
        var _ = lane.open().onComplete(opened -> {
            if (mine != attempt) {
                return;
            }
            if (opened.succeeded()) {
                read(mine);
            } else {
                lost(opened.cause());
            }
        });
    }

    private void read(long mine) {
        RedisCommand next;
        try {
            // The first answer comes at once, so that the follower knows early that it is heard.
            next = stream.nextRead(heard ? times.block() : Duration.ZERO);
        } catch (RuntimeException fault) {
            failed(mine, fault);
            return;
        }
        var _ = lane.send(next).onComplete(answered -> {
            if (mine != attempt) {
                return;
            }
            if (answered.succeeded()) {
                hear(mine, answered.result());
            } else {
                lost(answered.cause());
            }
        });
    }

    private void hear(long mine, Reply reply) {
        if (!heard) {
            heard = true;
            heardSinceNanos = ticker.read();
        }
        try {
            stream.deliver(reply);
        } catch (RuntimeException fault) {
            failed(mine, fault);
            return;
        }
        if (mine == attempt) { // otherwise the follower ended the link
            read(mine);
        }
    }

    private void failed(long mine, RuntimeException fault) {
        stream.logFault(fault);
        if (mine == attempt) {
            lost(fault);
        }
    }

    private void lost(Throwable cause) {
        Duration pause =
                heard ? backoff.afterLoss(Duration.ofNanos(ticker.read() - heardSinceNanos)) : backoff.afterFailure();
        hangUp();
        retry = lane.context().setTimer(Math.max(1, pause.toMillis()), id -> {
            // Now, since of the loss of the whole link, which would have ended this, the log tells already.
            stream.tellLoss();
            connect();
        });
        stream.interrupt(RedisFailures.describe(cause));
    }

    private void hangUp() {
        attempt++;
        var _ = lane.context().owner().cancelTimer(retry);
        lane.close(new RedisFailure.Unavailable("the stream is not followed any more"));
    }
}
