import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One process of the packaged service, and the CPU time that it has used. */
final class Service {

    /** What /proc counts in: USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final int port = RedisServer.freePort();
    private final Process process;

    Service(Children children, String name, Path artifact, Map<String, String> environment, String... properties)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (artifact.toString().endsWith(".jar")) {
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(List.of(properties));
            command.addAll(List.of("-jar", artifact.toAbsolutePath().toString()));
        } else {
            command.add(artifact.toAbsolutePath().toString());
            command.addAll(List.of(properties));
        }
        Map<String, String> all = new HashMap<>(environment);
        all.put("PORT", "" + port);
        process = children.start(name, all, command);
        for (int attempt = 0; attempt < 300 && process.isAlive(); attempt++) {
            try {
                if (get("/q/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // The port is not open yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException(name + " did not become ready:\n" + children.logOf(name));
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
        // The name in the second field may hold blanks and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }
}
