package dev.signalbox.disk;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * A thread that may wait for a device. It does one thing after the other, keeps no process alive, and is never interrupted,
 * because that would close every file it is working with.
 */
final class DiskThread implements Executor {

    private static final Logger LOG = Logger.getLogger(DiskThread.class);

    private final ExecutorService thread;

    DiskThread(String name) {
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public void execute(Runnable work) {
        thread.execute(() -> {
            var _ = Thread.interrupted(); // by whoever has found this thread and should not have
            try {
                work.run();
            } catch (RuntimeException | Error bug) {
                LOG.error("[Disk] Work on the disk ended in a way that nobody expected", bug);
            }
        });
    }

    /** Ends after what it was given before. */
    void end() {
        thread.shutdown();
    }
}
