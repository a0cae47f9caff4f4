package dev.signalbox.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

    private FreePort() {}

    /** A port nobody listens on at this moment. Whoever binds it must be ready to lose a race and ask again. */
    static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
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
