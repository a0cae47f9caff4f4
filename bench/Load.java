import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What wrk did to one server.
 *
 * @param p99 as wrk prints it, with its unit
 */
record Load(long requests, double seconds, String p99) {

    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(ms|s|m),");
    private static final Pattern P99 = Pattern.compile("99%\\s+(\\S+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern TROUBLE = Pattern.compile("Socket errors:|\\.lua:\\d+:");

    private static final int FIRST_REFUSAL = 400;

    /** Requests are made before the load begins, so that making them costs wrk nothing. */
    private static final String IN_TURN =
            """
            local requests, next = {}, 0
            init = function()
            %s
            end
            request = function()
              next = next %% #requests + 1
              return requests[next]
            end
            """;

    /** Asks a server for all numbers of a request, over and over. */
    static Load put(String server, Request request, int connections, Duration duration)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("bench", ".lua");
        try {
            String all = IntStream.range(0, request.different())
                    .mapToObj(number ->
                            "  requests[%d] = wrk.format(%s)".formatted(number + 1, request.number(number).lua()))
                    .collect(Collectors.joining("\n"));
            Files.writeString(script, IN_TURN.formatted(all));
            return put(server, request.status(), script, connections, duration);
        } finally {
            Files.delete(script);
        }
    }

    private static Load put(String server, int status, Path script, int connections, Duration duration)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                "wrk", "-t1", "-c" + connections, "--latency", "--timeout", "10s", "-s" + script, "-d" + duration.toSeconds() + "s", server);
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = TOTAL.matcher(output);
        var p99 = P99.matcher(output);
        var refused = REFUSED.matcher(output);
        if (wrk.waitFor() != 0 || !total.find() || TROUBLE.matcher(output).find()) {
            throw new IllegalStateException("wrk on " + server + ":\n" + output);
        }
        long requests = Long.parseLong(total.group(1));
        long refusals = refused.find() ? Long.parseLong(refused.group(1)) : 0;
        if (refusals != (status < FIRST_REFUSAL ? 0 : requests)) {
            throw new IllegalStateException("not every answer of " + server + " was a " + status + ":\n" + output);
        }
        double unit =
                switch (total.group(3)) {
                    case "ms" -> 0.001;
                    case "m" -> 60;
                    default -> 1;
                };
        return new Load(requests, Double.parseDouble(total.group(2)) * unit, p99.find() ? p99.group(1) : "?");
    }
}
