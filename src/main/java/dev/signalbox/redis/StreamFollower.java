package dev.signalbox.redis;

import java.util.List;

/**
 * Hears a Redis stream as it grows, once it is given to {@link RedisLink#follow}.
 *
 * <p>Called on one event loop, one call after the other, and must not block. What it throws is logged, and counts as an
 * interruption.
 */
public interface StreamFollower {

    /** Key of the stream, always the same. */
    String stream();

    /** Up to where the stream is known. Asked before every read, which answers what is after it. */
    StreamId position();

    /**
     * Takes what came after the position, the oldest first, at most a thousand at once. None: the blocking read ended
     * empty, so nothing was appended until some moment after it was asked for.
     */
    void read(List<StreamEntry> entries);

    /**
     * Learns that it hears nothing any more until the next {@link #read}: its connection broke or was silent for too long,
     * the server refused the read, or the whole link is away. Once for each loss, however often it is tried again.
     *
     * @param reason for a person, without secrets
     */
    void interrupted(String reason);
}
