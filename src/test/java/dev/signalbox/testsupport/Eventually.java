package dev.signalbox.testsupport;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what must come true soon, looking every few milliseconds. */
final class Eventually {

    private static final Duration GLANCE = Duration.ofMillis(3);

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what what is waited for, for the message of the failure
     * @throws org.awaitility.core.ConditionTimeoutException after the limit
     */
    static void until(String what, Duration limit, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(GLANCE)
                .atMost(limit)
                .until(condition);
    }
}
