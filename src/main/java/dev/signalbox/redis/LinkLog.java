package dev.signalbox.redis;

import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells an operator what happens to the link, once for each change and in the words that they search for.
 *
 * <p>Called on one thread, in order.
 */
final class LinkLog implements Consumer<LinkStatus> {

    private static final Logger LOG = Logger.getLogger(LinkLog.class);

    private final String endpoint;
    private LinkStatus known;
    private boolean serving;
    private boolean reportedLoss;

    LinkLog(String endpoint, LinkStatus initial) {
        this.endpoint = endpoint;
        this.known = initial;
    }

    @Override
    public void accept(LinkStatus now) {
        LOG.debugf("[Redis] %s -> %s, epoch %s, error %s", known.state(), now.state(), now.epoch(), now.error());
        switch (now.state()) {
            case UP -> up(now);
            case OPEN -> open(now);
            case CONNECTING, RECOVERING, DISABLED -> {}
        }
        known = now;
    }

    private void up(LinkStatus now) {
        boolean wroteBefore = serving && known.writesRefused().isEmpty();
        if (!serving) {
            LOG.infof("[Redis] Connected successfully to %s", endpoint);
            LOG.info("Redis connection established successfully");
            LOG.info("[Redis] Ready to accept commands");
            serving = true;
            reportedLoss = false;
        }
        if (!known.generation().isEmpty() && !known.generation().equals(now.generation())) {
            LOG.warn("[Redis] Redis came back empty or older than it was: what it holds of before is not used");
        }
        if (now.writesRefused().isPresent()) {
            if (!known.writesRefused().equals(now.writesRefused())) {
                LOG.warnf(
                        "[Redis] Writes refused: %s - reads go on",
                        now.writesRefused().get());
            }
        } else if (!wroteBefore && known.writesRefused().isPresent()) {
            LOG.info("[Redis] Writes accepted again");
        }
    }

    private void open(LinkStatus now) {
        serving = false;
        if (!reportedLoss) {
            String error = now.error().orElse("unknown");
            LOG.warnf("[Redis] Connection error: %s (%s)", error, endpoint);
            LOG.warnf("Redis connection failed: %s - Falling back to in-memory operations", error);
            reportedLoss = true;
        }
    }
}
