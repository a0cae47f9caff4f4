package dev.signalbox.environment;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The end of the process, which can be held up until work is done that nobody else waits for.
 *
 * <p>The only place that waits on a thread: that of the shutdown, on which nothing else runs any more.
 */
public final class ProcessEnd {

    private static final Logger LOG = Logger.getLogger(ProcessEnd.class);

    private ProcessEnd() {}

    /**
     * Waits until work has ended, well or badly, or for so long at most. To be called by observers of the shutdown only.
     *
     * @param name what is lost if it does not end, for the log
     */
    public static void await(String name, CompletionStage<?> work, Duration atMost) {
        try {
            var _ = work.toCompletableFuture().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.warnf("Stopping without having finished: %s (%s)", name, unfinished.toString());
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }
}
