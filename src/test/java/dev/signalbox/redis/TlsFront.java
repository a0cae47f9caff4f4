package dev.signalbox.redis;

import dev.signalbox.testsupport.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends TLS in front of a Redis server, as a managed service does. */
final class TlsFront implements AutoCloseable {

    private static final int BACKLOG = 100;

    private final RedisServer redis;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    TlsFront(RedisServer redis, TestCertificate certificate) {
        this.redis = redis;
        try {
            listener = certificate
                    .serverContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        var _ = Thread.ofVirtual().start(this::welcome);
    }

    int port() {
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
                Socket server = new Socket(redis.host(), redis.port());
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
