package dev.signalbox.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks RESP2 as badly as a test wants: for what no real server can be brought to do in time. */
final class FakeRedis implements AutoCloseable {

    private static final String VITALS =
            "*5\r\n$3\r\ngen\r\n$1\r\n7\r\n$16\r\n1700000000000000\r\n$1\r\n1\r\n$1\r\n1\r\n";

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What the server does with a command. */
    @FunctionalInterface
    interface Behaviour {

        /** Answers as a healthy server does, or not. Runs on the connection's own thread. */
        void on(Exchange exchange) throws IOException;
    }

    FakeRedis(Behaviour behaviour) {
        this(InetAddress.getLoopbackAddress(), 0, behaviour);
    }

    FakeRedis(InetAddress address, int port, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(port, 100, address);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        var _ = Thread.ofVirtual().start(this::welcome);
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** Connections ever taken. */
    int accepted() {
        return accepted.get();
    }

    /** Connections that neither side has closed. */
    int open() {
        return clients.size();
    }

    /** Closes every connection. */
    void hangUp() {
        clients.forEach(FakeRedis::closeQuietly);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        hangUp();
    }

    private void welcome() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                int number = accepted.incrementAndGet();
                clients.add(client);
                var _ = Thread.ofVirtual().start(() -> serve(client, number));
            } catch (IOException closing) {
                // The loop ends if it is so.
            }
        }
    }

    private void serve(Socket client, int number) {
        try (client) {
            InputStream commands = new BufferedInputStream(client.getInputStream());
            for (List<String> words = read(commands); !words.isEmpty(); words = read(commands)) {
                behaviour.on(new Exchange(client, number, words));
            }
        } catch (IOException gone) {
            // Nobody is left to be answered.
        } finally {
            clients.remove(client);
        }
    }

    private static List<String> read(InputStream commands) throws IOException {
        String head = line(commands);
        List<String> words = new ArrayList<>();
        for (int left = head.isEmpty() ? 0 : Integer.parseInt(head.substring(1)); left > 0; left--) {
            int length = Integer.parseInt(line(commands).substring(1));
            words.add(new String(commands.readNBytes(length), StandardCharsets.UTF_8));
            commands.skipNBytes(2);
        }
        return words;
    }

    private static String line(InputStream commands) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = commands.read(); next >= 0 && next != '\n'; next = commands.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception alreadyGone) {
            // Nothing is left to close.
        }
    }

    /**
     * One command of one client.
     *
     * @param connection number of the connection, from 1
     */
    record Exchange(Socket client, int connection, List<String> words) {

        String verb() {
            return words.getFirst().toUpperCase(Locale.ROOT);
        }

        /** Sends bytes as they are. */
        void say(String raw) throws IOException {
            client.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        }

        /** Answers as a healthy, empty server does. */
        void answer() throws IOException {
            say(
                    switch (verb()) {
                        case "EVAL", "EVALSHA" -> VITALS;
                        case "GET" -> "$-1\r\n";
                        case "PING" -> "+PONG\r\n";
                        default -> "+OK\r\n";
                    });
        }

        void hangUp() throws IOException {
            client.close();
        }
    }
}
