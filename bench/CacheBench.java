import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a cached answer costs: a plain endpoint, a hit in memory and a hit in Redis side by side in one run, as requests
 * per CPU-second of the service's process, with the Redis commands that each request took.
 *
 * <pre>java bench/CacheBench.java [--artifact=target/signalbox-0.1.0-SNAPSHOT-runner] [--rounds=7] …</pre>
 *
 * <p>Starts and ends everything it needs: Redis, an origin, two processes of the packaged service (the second without
 * its first cache tier), wrk. The table goes to standard output, progress to standard error. Exits 1 when the Redis
 * commands per request are not those of the tier.
 */
final class CacheBench {

    private static final Map<String, String> OPTIONS =
            Map.of("plain", "/health", "cached", "/api/models?gateway=bench-%d");

    private CacheBench() {}

    public static void main(String... arguments) throws Exception {
        Options options = Options.parse(OPTIONS, arguments);
        Commands.requireWrk();
        try (Children children = new Children();
                OriginStub origin = new OriginStub(Catalogues::small)) {
            RedisServer redis = new RedisServer(children);
            Map<String, String> environment = Map.of("ORIGIN_URL", origin.url(), "REDIS_URL", redis.url());
            Server both = Signalbox.start(children, "l1-and-l2", options.artifact(), environment);
            Server l2Only = Signalbox.start(
                    children, "l2-only", options.artifact(), environment, "-Dsignalbox.cache.l1.max-bytes=0");
            Request cached =
                    Request.get(options.own().get("cached"), Map.of()).different(options.entries());
            Target plain = new Target("plain endpoint", both, Request.get(options.own().get("plain"), Map.of()), 0);
            Target l1 = new Target("L1 hit", both, cached, 0);
            Target l2 = new Target("L2 hit", l2Only, cached, 1);
            List<Target> targets = List.of(plain, l1, l2);

            for (Target target : targets) {
                target.warmUp(options);
            }
            Map<String, Double> idle = redis.idleRates(Duration.ofSeconds(5));
            for (int round = 0; round < options.rounds(); round++) {
                // Each target is first, second and last in turn.
                for (int place = 0; place < targets.size(); place++) {
                    targets.get((round + place) % targets.size()).measure(options, redis);
                }
            }
            System.out.println(report(options, redis, origin, targets, idle));
            if (targets.stream()
                            .filter(target -> !target.askedRedisAsItShould(idle))
                            .count()
                    > 0) {
                System.exit(1);
            }
        }
    }

    private static String report(
            Options options, RedisServer redis, OriginStub origin, List<Target> targets, Map<String, Double> idle)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("%s, Java %s, Redis %s, %s, %s%n%n"
                .formatted(
                        options.artifact().getFileName(),
                        Runtime.version(),
                        redis.version(),
                        Machine.text(),
                        options.text()));
        text.append(
                "| target | requests per CPU-second | CPU per request, µs | against plain | requests/s | p99 by round |"
                        + " Redis commands per request |\n|---|---|---|---|---|---|---|\n");
        for (Target target : targets) {
            text.append("| %s | %s | %.1f | %s | %s | %s | %.3f |%n"
                    .formatted(
                            target.name(),
                            target.requestsPerCpuSecond().text("%,.0f"),
                            1_000_000 / target.requestsPerCpuSecond().median(),
                            Spread.of(target.ratiosTo(targets.getFirst())).text("%.2f"),
                            target.requestsPerSecond().text("%,.0f"),
                            String.join(" ", target.p99s()),
                            target.redisCommandsPerRequest(idle)));
        }
        text.append('\n');
        for (Target target : targets) {
            text.append(target.detail(idle)).append('\n');
        }
        return text.append(
                        "Left out, because no request causes it, per second and both services: %s%nOrigin calls: %d%n"
                                .formatted(Target.byCommand(idle, "%s %.1f"), origin.calls()))
                .toString();
    }
}
