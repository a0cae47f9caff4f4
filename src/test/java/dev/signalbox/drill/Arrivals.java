package dev.signalbox.drill;

import dev.signalbox.testsupport.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Thousands who ask for the same at once, each on a connection of its own: bare sockets, since a client for each would be more
 * than what is tested.
 */
final class Arrivals implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int WAVE = 300;
    private static final int TIMEOUT_MS = 60_000;
    private static final Pattern ACTIVE = Pattern.compile("(?m)^http_server_active_requests\\{.*} ([0-9.]+)$");

    private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<String>> answers = new ArrayList<>();

    /**
     * Lets so many ask each replica, and returns when all of these requests are under way there. They come in waves, none
     * before the one before has arrived: a replica whose event loops stand still for seconds is another test.
     */
    void ask(List<ServiceProcess> replicas, int visitorsOfEach, String path) {
        for (int arrived = 0; arrived < visitorsOfEach; arrived += WAVE) {
            int wave = Math.min(WAVE, visitorsOfEach - arrived);
            int expected = arrived + wave;
            for (ServiceProcess replica : replicas) {
                for (int visitor = 0; visitor < wave; visitor++) {
                    answers.add(visitors.submit(() -> visit(replica, path)));
                }
            }
            replicas.forEach(replica -> awaitUnderWay(replica, expected));
        }
    }

    /** What everybody got, head and body, when all have got something. */
    List<String> answers() throws ExecutionException, InterruptedException {
        List<String> all = new ArrayList<>();
        for (Future<String> answer : answers) {
            all.add(answer.get());
        }
        return all;
    }

    @Override
    public void close() {
        visitors.shutdownNow();
    }

    private static void awaitUnderWay(ServiceProcess replica, int visitors) {
        Awaitility.await(visitors + " requests under way")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(GLANCE)
                .atMost(SOON)
                // The question itself is one.
                .until(() -> underWay(replica) > visitors);
    }

    private static int underWay(ServiceProcess replica) {
        Matcher active = ACTIVE.matcher(replica.get("/q/metrics").body());
        return active.find() ? (int) Double.parseDouble(active.group(1)) : 0;
    }

    private static String visit(ServiceProcess replica, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), replica.baseUri().getPort()),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: drill\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
