package dev.signalbox.redis;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about the link at one moment.
 *
 * @param state the state of the whole link
 * @param since when that state began, by this replica's clock
 * @param epoch number of times that the link came up; whatever was learnt in an older epoch may be out of date
 * @param generation id of the data in Redis; empty until it is known. Another one means that Redis lost data
 * @param writesRefused why a link that is up refuses writes, such as {@code OOM}; empty while it takes them
 * @param error what went wrong last, without secrets; empty while the link is up
 */
public record LinkStatus(
        LinkState state,
        Instant since,
        long epoch,
        String generation,
        Optional<String> writesRefused,
        Optional<String> error) {

    /** Before the first attempt. */
    static LinkStatus initial(LinkState state, Instant now) {
        return new LinkStatus(state, now, 0, "", Optional.empty(), Optional.empty());
    }

    /** Whether reads are served. */
    public boolean readable() {
        return state == LinkState.UP;
    }

    /** Whether writes are served. */
    public boolean writable() {
        return state == LinkState.UP && writesRefused.isEmpty();
    }

    LinkStatus recovering(Instant now) {
        return new LinkStatus(LinkState.RECOVERING, now, epoch, generation, Optional.empty(), Optional.empty());
    }

    LinkStatus up(Instant now, Vitals vitals) {
        return new LinkStatus(
                LinkState.UP, now, epoch + 1, vitals.generation(), vitals.writesRefused(), Optional.empty());
    }

    LinkStatus with(Vitals vitals) {
        return new LinkStatus(state, since, epoch, vitals.generation(), vitals.writesRefused(), error);
    }

    LinkStatus refusing(String code) {
        return new LinkStatus(state, since, epoch, generation, Optional.of(code), error);
    }

    LinkStatus open(Instant now, String reason) {
        Instant began = state == LinkState.OPEN ? since : now;
        return new LinkStatus(LinkState.OPEN, began, epoch, generation, Optional.empty(), Optional.of(reason));
    }
}
