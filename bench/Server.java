import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An HTTP server of this run, on loopback, and the CPU time that its process and its children have used. */
final class Server {

    /** What /proc counts in: USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Its own time in user and kernel mode, and that of the children that have ended. */
    private static final int FIRST_TIME = 11;

    private static final int LAST_TIME = 14;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final int port;
    private final Process process;

    private Server(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a process and waits until it answers 200.
     *
     * @param environment to which {@code PORT} is added
     */
    static Server start(
            Children children,
            String name,
            int port,
            String readyPath,
            Map<String, String> environment,
            List<String> command)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", "" + port);
        Server server = new Server(port, children.start(name, all, command));
        for (int attempt = 0; attempt < 300 && server.process.isAlive(); attempt++) {
            try {
                if (server.get(readyPath).statusCode() == 200) {
                    return server;
                }
            } catch (IOException notYet) {
                // The port is not open yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(name + " did not become ready:\n" + children.logOf(name));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(Request.get(path, Map.of()));
    }

    HttpResponse<byte[]> send(Request request) throws IOException, InterruptedException {
        return client.send(request.to(url()), BodyHandlers.ofByteArray());
    }

    double cpuSeconds() throws IOException {
        long ticks = 0;
        for (ProcessHandle one : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            ticks += ticks(one.pid());
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
            // The name in the second field may hold blanks and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = FIRST_TIME; field <= LAST_TIME; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks;
        } catch (NoSuchFileException ended) {
            // Its parent has its time now.
            return 0;
        }
    }
}
