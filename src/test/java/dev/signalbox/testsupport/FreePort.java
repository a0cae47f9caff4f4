package dev.signalbox.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports that stay free while nobody listens on them.
 *
 * <p>Taken from below the range the kernel gives to outgoing connections: between death and restart on the same port no
 * client of a load test can be handed that very port.
 */
final class FreePort {

    private static final int FIRST = 15_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    /** Who has been given one may bind it much later, and others may go on dialling it after that. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port nobody listens on at this moment, and that this process has not been given before. Whoever binds it must be
     * ready to lose a race with other processes and ask again.
     */
    static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + END);
    }

    private static boolean isFree(int port) {
        // The wildcard address collides with a listener on any address, IPv4 or IPv6.
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress((InetAddress) null, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
