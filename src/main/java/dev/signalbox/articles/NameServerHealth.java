package dev.signalbox.articles;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Tells names that do not exist from name servers that do not answer, and logs once when names cannot be looked up, and once
 * when they can again.
 *
 * <p>Safe on every thread that may wait for a line to be logged.
 */
final class NameServerHealth {

    private static final Logger LOG = Logger.getLogger(NameServerHealth.class);

    /** What glibc says where no server answers (EAI_AGAIN). Java hands on the text, and nothing else that tells. */
    private static final String NO_ANSWER = "Temporary failure in name resolution";

    /** Stands between the name and what glibc says of it; not there where Java says again what it knew. */
    private static final String FRESH = ": ";

    /** For longer than Java keeps what it has found, as it is shipped: an answer may be one from before the failure. */
    private static final Duration LONGER_THAN_ANSWERS_ARE_KEPT = Duration.ofMinutes(1);

    private static final int MOST_NAMES = 1_000;

    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();

    /** Names without an answer when they were looked up last. Java keeps that for seconds and forgets the reason. */
    private final LinkedHashSet<String> unanswered = new LinkedHashSet<>();

    private boolean down;
    private Instant lastFailure = Instant.EPOCH;

    NameServerHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** A name has addresses. */
    void found(String name) {
        lock.lock();
        try {
            answered(name);
        } finally {
            lock.unlock();
        }
    }

    /** A name was looked up in vain; says whether nobody has answered, so that it may exist all the same. */
    boolean isUnanswered(String name, UnknownHostException failure) {
        String message = String.valueOf(failure.getMessage());
        lock.lock();
        try {
            if (message.contains(NO_ANSWER)) {
                noAnswer(name, message);
                return true;
            }
            if (message.contains(FRESH)) {
                answered(name);
            }
            return unanswered.contains(name);
        } finally {
            lock.unlock();
        }
    }

    private void noAnswer(String name, String message) {
        unanswered.addLast(name);
        if (unanswered.size() > MOST_NAMES) {
            unanswered.removeFirst();
        }
        lastFailure = clock.instant();
        if (!down) {
            down = true;
            LOG.warnf("[Articles] Host names cannot be looked up: %s", message);
        }
    }

    private void answered(String name) {
        boolean proves =
                unanswered.remove(name) || !clock.instant().isBefore(lastFailure.plus(LONGER_THAN_ANSWERS_ARE_KEPT));
        if (down && proves) {
            down = false;
            LOG.info("[Articles] Host names can be looked up again");
        }
    }
}
