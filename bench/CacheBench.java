import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    private static final double TOLERATED = 0.01;

    private CacheBench() {}

    public static void main(String... arguments) throws Exception {
        Options options = Options.parse(arguments);
        if (!Files.isReadable(options.artifact())) {
            throw new IllegalArgumentException(options.artifact() + " is not there: run ./mvnw -Dquick package");
        }
        Load.requireWrk();
        try (Children children = new Children();
                OriginStub origin = new OriginStub()) {
            RedisServer redis = new RedisServer(children);
            Map<String, String> environment = Map.of("MODELS_URL", origin.url(), "REDIS_URL", redis.url());
            Service both = new Service(children, "l1-and-l2", options.artifact(), environment);
            Service l2Only = new Service(
                    children, "l2-only", options.artifact(), environment, "-Dsignalbox.cache.l1.max-bytes=0");
            Target plain = new Target("plain endpoint", both, options.plain());
            Target l1 = new Target("L1 hit", both, options.cached());
            Target l2 = new Target("L2 hit", l2Only, options.cached());
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
            if (commands(plain, idle) > TOLERATED
                    || commands(l1, idle) > TOLERATED
                    || Math.abs(commands(l2, idle) - 1) > TOLERATED) {
                System.err.println("Redis commands per request are not 0 for L1 and 1 for L2");
                System.exit(1);
            }
        }
    }

    private static String report(
            Options options,
            RedisServer redis,
            OriginStub origin,
            List<Target> targets,
            Map<String, Double> idle)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("%s, Java %s, Redis %s, %s, wrk with %d connections, %d rounds of %d s after %d s of warm-up%n%n"
                .formatted(
                        options.artifact().getFileName(),
                        Runtime.version(),
                        redis.version(),
                        machine(),
                        options.connections(),
                        options.rounds(),
                        options.round().toSeconds(),
                        options.warmUp().toSeconds()));
        text.append("| target | requests per CPU-second | CPU per request, µs | against plain | requests/s | p99 by round |"
                + " Redis commands per request |\n|---|---|---|---|---|---|---|\n");
        for (Target target : targets) {
            text.append("| %s | %s | %.1f | %s | %s | %s | %.3f |%n"
                    .formatted(
                            target.name(),
                            target.requestsPerCpuSecond().text("%,.0f"),
                            1_000_000 / target.requestsPerCpuSecond().median(),
                            target.ratioTo(targets.getFirst()).text("%.2f"),
                            target.requestsPerSecond().text("%,.0f"),
                            String.join(" ", target.p99s()),
                            commands(target, idle)));
        }
        text.append('\n');
        for (Target target : targets) {
            HttpResponse<String> sample = target.service().get(target.path());
            text.append("%s: `GET %s`, %d bytes, X-Cache %s; Redis by command and request: %s%n"
                    .formatted(
                            target.name(),
                            target.path(),
                            sample.body().length(),
                            sample.headers().firstValue("X-Cache").orElse("none"),
                            byCommand(target.redisCallsPerRequest(idle), "%s %.4f")));
        }
        return text.append("Left out, because no request causes it, per second and both services: %s%nOrigin calls: %d%n"
                        .formatted(byCommand(idle, "%s %.1f"), origin.calls()))
                .toString();
    }

    private static double commands(Target target, Map<String, Double> idle) {
        return target.redisCallsPerRequest(idle).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static String byCommand(Map<String, Double> rates, String format) {
        return rates.entrySet().stream()
                .filter(rate -> rate.getValue() > 0)
                .map(rate -> format.formatted(rate.getKey(), rate.getValue()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), list -> list.isEmpty() ? "none" : list));
    }

    private static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return Runtime.getRuntime().availableProcessors() + " cores of " + model;
    }
}
