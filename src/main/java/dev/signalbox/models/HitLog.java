package dev.signalbox.models;

import dev.signalbox.http.Representation;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * The line by which operators see that the catalogue comes from cache: at most one a second, every one when the category logs
 * at DEBUG.
 */
final class HitLog {

    private static final Logger LOG = Logger.getLogger(HitLog.class);

    private final OncePerSecond pace;

    HitLog(InstantSource clock) {
        this.pace = new OncePerSecond(clock);
    }

    void hit(Representation whole) {
        if (LOG.isDebugEnabled() || pace.isDue()) {
            LOG.infof("[Models] Returning cached models (%d models)", ModelsJson.totalOf(whole.identity()));
        }
    }
}
