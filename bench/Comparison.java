import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row of the product's targets: the service and its peer at the same work.
 *
 * @param atLeast by how much the service's requests per CPU-second have to be a multiple of its peer's
 */
record Comparison(String what, double atLeast, Expectation expected, Target ours, Target peer) {

    static final String HEAD =
            """
            | | Signalbox: requests per CPU-second | µs | peer | its requests per CPU-second | µs | ratio | target | met |
            |---|---|---|---|---|---|---|---|---|
            """;

    /** For one whose peer cannot be had. */
    static String missing(String what, double atLeast, String reason) {
        return "| %s | not measured | | %s | not measured | | | ≥ %s × | not measured |%n"
                .formatted(what, reason.replaceAll("\\s+", " ").replace("|", "\\|"), atLeast);
    }

    /** @param round the one who is first changes from round to round */
    List<Target> inOrder(int round) {
        return round % 2 == 0 ? List.of(ours, peer) : List.of(peer, ours);
    }

    /** @param warm see {@link Expectation#check} */
    void check(boolean warm) throws IOException, InterruptedException {
        for (Target target : List.of(ours, peer)) {
            expected.check(target, warm);
        }
    }

    boolean isMet() {
        return ratios().median() >= atLeast;
    }

    private Spread ratios() {
        return Spread.of(ours.ratiosTo(peer));
    }

    String row() {
        return "| %s | %s | %.1f | %s | %s | %.1f | %s | ≥ %s × | %s |%n"
                .formatted(
                        what,
                        ours.requestsPerCpuSecond().text("%,.0f"),
                        1e6 / ours.requestsPerCpuSecond().median(),
                        peer.name(),
                        peer.requestsPerCpuSecond().text("%,.0f"),
                        1e6 / peer.requestsPerCpuSecond().median(),
                        ratios().text("%.2f"),
                        atLeast,
                        isMet() ? "yes" : "no");
    }

    /** @param idle what Redis is asked per second without any request */
    String detail(Map<String, Double> idle) throws IOException, InterruptedException {
        String rounds = ours.ratiosTo(peer).stream().map("%.2f"::formatted).collect(Collectors.joining(" "));
        StringBuilder text = new StringBuilder("%s, ratio by round: %s%n".formatted(what, rounds));
        for (Target target : List.of(ours, peer)) {
            text.append("%s; requests/s %s, p99 by round %s%n"
                    .formatted(
                            target.detail(idle),
                            target.requestsPerSecond().text("%,.0f"),
                            String.join(" ", target.p99s())));
        }
        return text.toString();
    }
}
