package dev.signalbox.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends TLS in front of a server on loopback, as a managed service does. */
public final class TlsFront implements AutoCloseable {

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Listens where {@code localhost} is. */
    public TlsFront(int serverPort, TestCertificate certificate) {
        this.serverPort = serverPort;
        listener = certificate.listen("localhost");
        var _ = Thread.ofVirtual().start(this::welcome);
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(TlsFront::closeQuietly);
    }

    private void welcome() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                var _ = Thread.ofVirtual().start(() -> pump(client, server));
                var _ = Thread.ofVirtual().start(() -> pump(server, client));
            } catch (IOException closing) {
                // The loop ends if it is so.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            byte[] buffer = new byte[8192];
            for (int length = from.getInputStream().read(buffer); length >= 0; ) {
                to.getOutputStream().write(buffer, 0, length);
                length = from.getInputStream().read(buffer);
            }
        } catch (IOException ended) {
            // A handshake that fails ends here too.
        } finally {
            sockets.remove(from);
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception alreadyGone) {
            // Nothing is left to close.
        }
    }
}
