import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * So many requests a second, whether those before have been answered or not: what users do, and wrk does not. A request is late
 * from the moment at which it was due, so that one that has to wait for another counts as long as its user waits.
 *
 * @param micros how long each answer took, sorted
 */
record Steady(int perSecond, long[] micros) {

    private static final int CONNECTIONS = 16;

    /** Sends GET requests for each path in turn; every answer must be a 200. */
    static Steady put(String server, List<String> paths, String headers, int perSecond, Duration duration)
            throws InterruptedException {
        URI address = URI.create(server);
        int each = Math.toIntExact(perSecond * duration.toSeconds() / CONNECTIONS);
        long gap = Duration.ofSeconds(1).toNanos() * CONNECTIONS / perSecond;
        long begin = System.nanoTime() + Duration.ofMillis(200).toNanos();
        List<Future<long[]>> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                int number = connection;
                long first = begin + number * gap / CONNECTIONS;
                connections.add(threads.submit(() -> ask(address, paths, number, headers, each, first, gap)));
            }
        }
        long[] all = connections.stream().flatMapToLong(connection -> Arrays.stream(done(connection))).sorted().toArray();
        return new Steady(perSecond, all);
    }

    private static long[] done(Future<long[]> connection) {
        try {
            return connection.get();
        } catch (InterruptedException | ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static long[] ask(
            URI server, List<String> paths, int number, String headers, int requests, long first, long gap) {
        long[] micros = new long[requests];
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int request = 0; request < requests; request++) {
                long due = first + request * gap;
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                String path = paths.get((number + request * CONNECTIONS) % paths.size());
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                read(in);
                micros[request] = (System.nanoTime() - due) / 1_000;
            }
            return micros;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void read(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** In milliseconds; of so many answers that share are faster. */
    double percentile(double share) {
        return micros[Math.min(micros.length - 1, (int) (share * micros.length))] / 1_000.0;
    }

    @Override
    public String toString() {
        return "%,d/s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, slowest %.1f ms"
                .formatted(
                        perSecond, percentile(0.5), percentile(0.9), percentile(0.99), percentile(0.999), percentile(1));
    }
}
