package dev.signalbox.admin;

import dev.signalbox.http.AdminIdentity;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** One line for each thing that somebody did with an admin key. */
@Singleton
final class AuditLog {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    /**
     * Says who did what.
     *
     * @param what without line breaks and credentials
     */
    void done(AdminIdentity who, String what) {
        LOG.infof("[Admin] %s %s", who.keyName(), what);
    }
}
