package dev.signalbox.redis;

import java.time.Duration;
import org.jboss.logging.Logger;

/** A stream with its follower, who is told of each loss once. Used on one event loop only. */
final class FollowedStream {

    private static final Logger LOG = Logger.getLogger(FollowedStream.class);

    private final StreamFollower follower;
    private final String key;
    private boolean interrupted;
    private boolean told;
    private String loss = "";

    FollowedStream(StreamFollower follower) {
        this.follower = follower;
        this.key = follower.stream();
    }

    /** Asks for what comes next. Throws what the follower throws. */
    RedisCommand nextRead(Duration block) {
        return RedisCommand.xread(key, follower.position(), block);
    }

    /** Hands on what came. Throws what the follower throws, and where the reply is none of a stream. */
    void deliver(Reply reply) {
        var entries = StreamEntry.ofRead(reply);
        interrupted = false;
        if (told) {
            told = false;
            LOG.infof("[Redis] Following %s again", key);
        }
        follower.read(entries);
    }

    /** Tells the follower of a loss, unless nothing was delivered since the last. */
    void interrupt(String reason) {
        if (interrupted) {
            return;
        }
        interrupted = true;
        loss = reason;
        try {
            follower.interrupted(reason);
        } catch (RuntimeException fault) {
            logFault(fault);
        }
    }

    /** Tells whoever reads the log of a loss, once. */
    void tellLoss() {
        if (interrupted && !told) {
            told = true;
            LOG.warnf("[Redis] Not following %s: %s", key, loss);
        }
    }

    void logFault(RuntimeException fault) {
        LOG.errorf(fault, "[Redis] The follower of %s failed", key);
    }
}
