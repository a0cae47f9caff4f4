import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The packaged service, started as its README says. */
final class Signalbox {

    private static final Pattern VERSION = Pattern.compile("\"version\":\"([^\"]+)\"");

    private Signalbox() {}

    /** @param properties as {@code -Dname=value} */
    static Server start(
            Children children, String name, Path artifact, Map<String, String> environment, String... properties)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (artifact.toString().endsWith(".jar")) {
            command.add(ProcessHandle.current().info().command().orElseThrow());
            Path recorded = artifact.toAbsolutePath().resolveSibling("app.aot");
            if (Files.exists(recorded)) {
                command.add("-XX:AOTCache=" + recorded);
            }
            command.addAll(List.of(properties));
            command.add("-jar");
            command.add(artifact.toAbsolutePath().toString());
        } else {
            command.add(artifact.toAbsolutePath().toString());
            command.addAll(List.of(properties));
        }
        return Server.start(children, name, RedisServer.freePort(), "/q/health/ready", environment, command);
    }

    /** What a running one says that it is. */
    static String version(Server server) throws IOException, InterruptedException {
        String health = new String(server.get("/health").body(), StandardCharsets.UTF_8);
        var found = VERSION.matcher(health);
        return "Signalbox " + (found.find() ? found.group(1) : "?");
    }
}
