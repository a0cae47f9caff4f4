import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run measures and how long.
 *
 * @param artifact the packaged service: a runnable jar or a native binary
 * @param entries how many cached entries, or callers, take turns; with one entry alone, concurrent requests share one look
 *     into Redis, and a hit there seems to cost less than it does
 * @param warmUp load on each target before anything is measured; below 15 s the JVM is still compiling
 * @param own what only this bench knows, by name
 */
record Options(
        Path artifact,
        int entries,
        int rounds,
        Duration round,
        Duration warmUp,
        int connections,
        Map<String, String> own) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "artifact", "target/quarkus-app/quarkus-run.jar",
            "entries", "1000",
            "rounds", "7",
            "round-seconds", "4",
            "warm-up-seconds", "15",
            "connections", "32");

    /**
     * Reads {@code --name=value} arguments.
     *
     * @param own names and defaults of what only this bench knows
     */
    static Options parse(Map<String, String> own, String... arguments) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        values.putAll(own);
        Arrays.stream(arguments).forEach(argument -> {
            String[] pair = argument.replaceFirst("^--", "").split("=", 2);
            if (pair.length != 2 || !values.containsKey(pair[0])) {
                throw new IllegalArgumentException("not an option: " + argument + "; known: " + values.keySet());
            }
            values.put(pair[0], pair[1]);
        });
        Options options = new Options(
                Path.of(values.get("artifact")),
                Integer.parseInt(values.get("entries")),
                Integer.parseInt(values.get("rounds")),
                Duration.ofSeconds(Long.parseLong(values.get("round-seconds"))),
                Duration.ofSeconds(Long.parseLong(values.get("warm-up-seconds"))),
                Integer.parseInt(values.get("connections")),
                values);
        if (!Files.isReadable(options.artifact)) {
            throw new IllegalArgumentException(options.artifact + " is not there: run ./mvnw -Dquick package");
        }
        return options;
    }

    /** The same with other connections. */
    Options with(int otherConnections) {
        return new Options(artifact, entries, rounds, round, warmUp, otherConnections, own);
    }

    /** How a run is described. */
    String text() {
        return "wrk with %d connections, %,d entries or callers, %d rounds of %d s after %d s of warm-up"
                .formatted(connections, entries, rounds, round.toSeconds(), warmUp.toSeconds());
    }
}
