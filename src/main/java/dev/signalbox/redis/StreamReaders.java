package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.List;

/** The readers of all streams that are followed over one link. Used on one event loop only. */
final class StreamReaders {

    private final ContextInternal context;
    private final FollowTimes times;
    private final Dialer dialer;
    private final Backoff backoff;
    private final Ticker ticker;
    private final List<StreamReader> readers = new ArrayList<>();

    StreamReaders(ContextInternal context, RedisConfig config, Dialer dialer, Backoff backoff, Ticker ticker) {
        this.context = context;
        this.times = FollowTimes.of(config);
        this.dialer = dialer.silentFor(times.patience());
        this.backoff = backoff;
        this.ticker = ticker;
    }

    /** A further reader, which goes with the link from this status on. */
    void add(FollowedStream stream, LinkStatus now) {
        StreamReader reader = new StreamReader(stream, times, context, dialer, backoff.another(), ticker);
        readers.add(reader);
        reader.linkIs(now);
    }

    /** Begins, goes on or pauses with the link. */
    void linkIs(LinkStatus now) {
        readers.forEach(reader -> reader.linkIs(now));
    }

    /** Ends for good; the followers hear nothing of it. */
    void stop() {
        readers.forEach(StreamReader::stop);
    }
}
