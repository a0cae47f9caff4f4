package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A listening port on 127.0.0.1 that can be closed and opened again. For one thread at a time. */
final class Door {

    private static final int BACKLOG = 1024;
    private static final int PORT_RACES = 10;

    private final Consumer<Socket> visitors;
    private ServerSocket listener = listenAnywhere();
    private final int port = listener.getLocalPort();
    private Thread doorman;

    /** Opens on a port that stays the same for life; every connection is handed over on the thread that accepts. */
    Door(Consumer<Socket> visitors) {
        this.visitors = visitors;
        this.doorman = welcome();
    }

    int port() {
        return port;
    }

    void open() {
        if (listener.isClosed()) {
            listener = listen(port);
            doorman = welcome();
        }
    }

    /** Closes; when this returns the kernel refuses connections. */
    void close() {
        try {
            listener.close();
            // The socket is given up by the thread that accepts, not by the one that closes.
            doorman.join();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Thread welcome() {
        ServerSocket from = listener;
        return Thread.ofVirtual().name("door-" + port).start(() -> {
            while (!from.isClosed()) {
                try {
                    visitors.accept(from.accept());
                } catch (IOException closing) {
                    // The loop ends if it is so.
                }
            }
        });
    }

    private static ServerSocket listenAnywhere() {
        for (int race = 0; ; race++) {
            try {
                return listen(FreePort.find());
            } catch (UncheckedIOException taken) {
                if (race == PORT_RACES) {
                    throw taken;
                }
            }
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }
}
