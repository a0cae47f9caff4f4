import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** As many checks as one request to {@code POST /api/limits/check} may hold, each with a key of its own. */
final class CheckBatch implements Expectation {

    private static final int CHECKS = 1_000;

    /** The service decides so many in one script. */
    private static final int CHECKS_OF_A_SCRIPT = 100;

    private static final Pattern ALLOWED_BY_REDIS =
            Pattern.compile("\"allowed\":true,[^}]*\"decided_by\":\"redis\"");

    /** As INFO counts: for each script its call and the time, for each check a look and a write. */
    private static final int REDIS_COMMANDS = 2 * (CHECKS / CHECKS_OF_A_SCRIPT) + 2 * CHECKS;

    private static final String HEAD =
            """
            | | decisions per CPU-second | µs | decisions/s | p99 of a request, by round | Redis commands per decision |
            |---|---|---|---|---|---|
            """;

    private final Target target;

    CheckBatch(Server server, String key) {
        String checks = IntStream.range(0, CHECKS)
                .mapToObj("{\"key\":\"user-%d\",\"limit\":1000000,\"window_seconds\":3600}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        Request request = Request.postJson("/api/limits/check", Map.of("Authorization", "Bearer " + key), checks);
        this.target = new Target("Signalbox, batch", server, request, REDIS_COMMANDS);
    }

    @Override
    public void check(Target checked, boolean warm) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = checked.answer(0);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() != 200
                || (warm && ALLOWED_BY_REDIS.matcher(body).results().count() != CHECKS)) {
            throw new IllegalStateException("not every check was allowed by Redis: %d %.300s"
                    .formatted(answer.statusCode(), body));
        }
    }

    void warmUp(Options options) throws IOException, InterruptedException {
        check(target, false);
        target.warmUp(options);
        check(target, true);
    }

    void measure(Options options, RedisServer redis) throws IOException, InterruptedException {
        for (int round = 0; round < options.rounds(); round++) {
            target.measure(options, redis);
        }
        check(target, true);
    }

    boolean isRight(Map<String, Double> idle) {
        return target.askedRedisAsItShould(idle);
    }

    String report(Map<String, Double> idle) throws IOException, InterruptedException {
        Spread perCpuSecond = target.requestsPerCpuSecond().times(CHECKS);
        return HEAD
                + "| %,d checks in a request | %s | %.2f | %s | %s | %.3f |%n%n"
                        .formatted(
                                CHECKS,
                                perCpuSecond.text("%,.0f"),
                                1e6 / perCpuSecond.median(),
                                target.requestsPerSecond().times(CHECKS).text("%,.0f"),
                                String.join(" ", target.p99s()),
                                target.redisCommandsPerRequest(idle) / CHECKS)
                + target.detail(idle) + "\n";
    }
}
