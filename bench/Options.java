import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a run measures and how long.
 *
 * @param artifact the packaged service: a runnable jar or a native binary
 * @param plain path of an endpoint without cache
 * @param cached path of the cached endpoint
 * @param warmUp load on each target before anything is measured; below 15 s the JVM is still compiling
 */
record Options(
        Path artifact, String plain, String cached, int rounds, Duration round, Duration warmUp, int connections) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "artifact", "target/quarkus-app/quarkus-run.jar",
            "plain", "/health",
            "cached", "/api/models",
            "rounds", "7",
            "round-seconds", "4",
            "warm-up-seconds", "15",
            "connections", "32");

    /** Reads {@code --name=value} arguments. */
    static Options parse(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        Set<String> names = DEFAULTS.keySet();
        Arrays.stream(arguments).forEach(argument -> {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (pair.length != 2 || !names.contains(pair[0])) {
                throw new IllegalArgumentException("not an option: " + argument + "; known: " + names);
            }
            values.put(pair[0], pair[1]);
        });
        return new Options(
                Path.of(values.get("artifact")),
                values.get("plain"),
                values.get("cached"),
                Integer.parseInt(values.get("rounds")),
                Duration.ofSeconds(Long.parseLong(values.get("round-seconds"))),
                Duration.ofSeconds(Long.parseLong(values.get("warm-up-seconds"))),
                Integer.parseInt(values.get("connections")));
    }
}
