package dev.signalbox.testsupport;

import dev.signalbox.testsupport.DelayLine.Ending;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One client of a {@link FaultProxy} and its connection to the server. */
final class ProxiedConnection {

    private final Socket client;
    private final Socket server;
    private final ProxyLane requests;
    private final ProxyLane replies;
    private final AtomicInteger finishedLanes = new AtomicInteger();
    private volatile boolean clientGone;

    /** Takes over a client and a server; one that is not connected will never answer. */
    ProxiedConnection(Socket client, Socket server, FaultSwitch faults) {
        this.client = client;
        this.server = server;
        this.requests = new ProxyLane(client, server, false, faults);
        this.replies = new ProxyLane(server, client, true, faults);
    }

    /** Begins to carry bytes, in tasks that end with the connection. */
    void start(Executor tasks) {
        if (server.isConnected()) {
            tasks.execute(this::carryReplies);
            tasks.execute(() -> end(replies.write()));
            tasks.execute(() -> end(requests.write()));
        } else {
            requests.silence();
        }
        tasks.execute(this::carryRequests);
    }

    /** Whether the client has neither closed nor lost its end. */
    boolean isOpen() {
        return !clientGone;
    }

    /** Whether neither side has a socket any more. */
    boolean isOver() {
        return client.isClosed() && (server.isClosed() || !server.isConnected());
    }

    /** Whether the server sees this as the client's port. */
    boolean isFrom(int port) {
        return server.getLocalPort() == port;
    }

    /** Neither side sees anything any more. */
    void silence() {
        requests.silence();
        replies.silence();
    }

    /** The server sees the end of the connection, the client sees nothing any more. */
    void dropServer() {
        silence();
        close(server);
    }

    /** Both sides see a TCP reset. */
    void reset() {
        resetOnClose(client);
        resetOnClose(server);
        close();
    }

    /** Both sides see the end of the connection. */
    void close() {
        close(client);
        close(server);
    }

    private void carryRequests() {
        requests.read();
        clientGone = true;
        if (requests.isSilent() || replies.isSilent()) {
            close(client);
        }
    }

    private void carryReplies() {
        replies.read();
        if (replies.isSilent()) {
            close(server);
        }
    }

    private void end(Ending ending) {
        switch (ending) {
            case RESET -> reset();
            case FINISH -> {
                if (finishedLanes.incrementAndGet() == 2) {
                    close();
                }
            }
            case SILENCE -> {}
        }
    }

    private static void resetOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException closedAlready) {
            // Then there is nobody to be told.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to close.
        }
    }
}
