import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What wrk did to one URL.
 *
 * @param p99 as wrk prints it, with its unit
 */
record Load(long requests, double seconds, String p99) {

    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in ([\\d.]+)(ms|s|m),");
    private static final Pattern P99 = Pattern.compile("99%\\s+(\\S+)");
    private static final Pattern TROUBLE = Pattern.compile("(Non-2xx or 3xx responses:.*|Socket errors:.*)");

    static Load put(String url, int connections, Duration duration) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c" + connections, "-d" + duration.toSeconds() + "s", "--latency", url)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = TOTAL.matcher(output);
        var p99 = P99.matcher(output);
        var trouble = TROUBLE.matcher(output);
        if (wrk.waitFor() != 0 || !total.find() || trouble.find()) {
            throw new IllegalStateException("wrk on " + url + ":\n" + output);
        }
        double unit =
                switch (total.group(3)) {
                    case "ms" -> 0.001;
                    case "m" -> 60;
                    default -> 1;
                };
        return new Load(
                Long.parseLong(total.group(1)),
                Double.parseDouble(total.group(2)) * unit,
                p99.find() ? p99.group(1) : "?");
    }

    /** Installs wrk where that is possible. */
    static void requireWrk() throws IOException, InterruptedException {
        if (succeeds("command -v wrk")) {
            return;
        }
        if (!succeeds("apt-get update && apt-get install -y wrk")) {
            throw new IllegalStateException("install wrk");
        }
    }

    private static boolean succeeds(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
