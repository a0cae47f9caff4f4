import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** A real Redis of this run: Debian's if it is installed, else the one that the tests use. */
final class RedisServer {

    private static final Pattern COMMAND = Pattern.compile("cmdstat_([^:|]+)[^:]*:calls=(\\d+),.*");

    private static final Set<String> OWN = Set.of("info", "quit");

    private final int port = freePort();
    private final Process process;

    RedisServer(Children children) throws IOException, InterruptedException {
        process = children.start(
                "redis",
                Map.of(),
                List.of(binary(children.folder()), "--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
        for (int attempt = 0; attempt < 100 && process.isAlive(); attempt++) {
            try {
                info("server");
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("redis-server did not start:\n" + children.logOf("redis"));
    }

    String url() {
        return "redis://127.0.0.1:" + port + "/0";
    }

    String version() throws IOException {
        return info("server").stream()
                .filter(line -> line.startsWith("redis_version:"))
                .findFirst()
                .orElse("redis_version:?")
                .substring("redis_version:".length());
    }

    /** Freezes it (SIGSTOP), or lets it go on (SIGCONT). */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill -" + name);
        }
    }

    /** Calls since the server started, by command, without our own; sub-commands count for their command. */
    Map<String, Long> calls() throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        for (String line : info("commandstats")) {
            var found = COMMAND.matcher(line);
            if (found.matches() && !OWN.contains(found.group(1))) {
                calls.merge(found.group(1), Long.parseLong(found.group(2)), Long::sum);
            }
        }
        return calls;
    }

    /** Calls per second, by command, while nobody asks the services for anything. */
    Map<String, Double> idleRates(Duration watched) throws IOException, InterruptedException {
        Map<String, Long> before = calls();
        Thread.sleep(watched);
        Map<String, Double> rates = new TreeMap<>();
        calls().forEach((command, calls) ->
                rates.put(command, (calls - before.getOrDefault(command, 0L)) * 1e3 / watched.toMillis()));
        return rates;
    }

    private List<String> info(String section) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("INFO " + section + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }

    private static String binary(Path folder) throws IOException {
        for (String directory : System.getenv("PATH").split(":")) {
            Path installed = Path.of(directory, "redis-server");
            if (Files.isExecutable(installed)) {
                return installed.toString();
            }
        }
        Path artefacts =
                Path.of(System.getProperty("user.home"), ".m2/repository/com/github/codemonstur/embedded-redis");
        try (Stream<Path> files = Files.walk(artefacts)) {
            Path jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            return unpack(jar, folder.resolve("redis-server"));
        } catch (IOException | RuntimeException absent) {
            throw new IllegalStateException("install redis-server, or run ./mvnw verify once", absent);
        }
    }

    private static String unpack(Path jar, Path target) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        try (ZipFile archive = new ZipFile(jar.toFile())) {
            var entry = archive.stream()
                    .filter(file -> file.getName().matches("redis-server-.*-linux-" + architecture))
                    .findFirst()
                    .orElseThrow();
            Files.copy(archive.getInputStream(entry), target);
            if (!target.toFile().setExecutable(true)) {
                throw new IOException("could not make executable: " + target);
            }
            return target.toString();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
