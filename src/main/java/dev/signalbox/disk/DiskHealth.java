package dev.signalbox.disk;

import java.util.Optional;
import org.jboss.logging.Logger;

/** Whether what is put can be kept; says so once for each change. One thread writes, any may read. */
final class DiskHealth {

    private static final Logger LOG = Logger.getLogger(DiskHealth.class);

    private volatile Optional<String> fault = Optional.empty();
    private boolean lasting;

    /** Why nothing can be kept, or not where it was wanted. */
    Optional<String> fault() {
        return fault;
    }

    void ill(String reason) {
        if (fault.isEmpty()) {
            LOG.errorf("[Disk] Nothing can be kept: %s", reason);
        }
        if (!lasting) {
            fault = Optional.of(reason);
        }
    }

    /** What is put is kept, but not where it was wanted, and will not be before the next start. */
    void misplaced(String reason) {
        lasting = true;
        fault = Optional.of(reason);
    }

    void well() {
        if (fault.isPresent() && !lasting) {
            fault = Optional.empty();
            LOG.info("[Disk] What is put is kept again");
        }
    }
}
