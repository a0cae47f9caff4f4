import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a cached answer costs beside what others make of the same work, in one run, as requests per CPU-second of the
 * server's processes: a large compressed catalogue and a small entry from Redis against Fastify with ioredis, a small
 * entry from memory against nginx.
 *
 * <pre>java bench/PeerBench.java [--artifact=target/signalbox-0.1.0-SNAPSHOT-runner] [--rounds=7] …</pre>
 *
 * <p>Installs the peers, starts and ends everything it needs. The table goes to standard output, progress to standard
 * error. Before and after the measurement every answer is compared with what the origin has. Exits 1 when a peer cannot
 * be had, when somebody asked Redis or the origin more or less than the work needs, or when a target is not met.
 */
final class PeerBench {

    private static final Map<String, String> OPTIONS = Map.of("catalogue", "../shared/data/models.json");
    private static final Request LARGE = Request.get("/api/models", Map.of("Accept-Encoding", "gzip"));

    private final Options options;
    private final Request small;

    private PeerBench(Options options) {
        this.options = options;
        this.small = Request.get("/api/models?gateway=bench-%d", Map.of()).different(options.entries());
    }

    public static void main(String... arguments) throws Exception {
        System.exit(new PeerBench(Options.parse(OPTIONS, arguments)).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, NotInstalled {
        Commands.requireWrk();
        byte[] catalogue = Catalogues.large(Path.of(options.own().get("catalogue")));
        try (Children children = new Children();
                OriginStub origin = new OriginStub(
                        gateway -> gateway.equals(OriginStub.EVERY_GATEWAY) ? catalogue : Catalogues.small(gateway))) {
            RedisServer redis = new RedisServer(children);
            Comparisons comparisons = new Comparisons(options, redis);
            compare(comparisons, children, Map.of("ORIGIN_URL", origin.url(), "REDIS_URL", redis.url()), catalogue);
            comparisons.warmUp();
            int filled = origin.calls();
            Map<String, Double> idle = redis.idleRates(Duration.ofSeconds(5));
            comparisons.measure(redis);
            int late = origin.calls() - filled;
            System.out.printf(
                    "%s%nOrigin calls: %d before the measurement, %d in it%n", comparisons.report(idle), filled, late);
            if (late > 0) {
                System.err.println("The origin was asked during the measurement: not every answer was a hit");
            }
            return comparisons.areRight(idle) && late == 0;
        }
    }

    private void compare(
            Comparisons comparisons, Children children, Map<String, String> environment, byte[] catalogue)
            throws IOException, InterruptedException {
        Server both = Signalbox.start(children, "l1-and-l2", options.artifact(), environment);
        Server l2Only = Signalbox.start(
                children, "l2-only", options.artifact(), environment, "-Dsignalbox.cache.l1.max-bytes=0");
        comparisons.speakOf(both);
        Expected large = new Expected(_ -> catalogue, true);
        Expected entry = new Expected(number -> Catalogues.small("bench-" + number), false);
        int bytes = entry.body().apply(0).length;
        comparisons.add(
                "catalogue of %,d bytes, gzip".formatted(catalogue.length),
                20,
                large,
                new Target("Signalbox, catalogue", both, LARGE, 0),
                () -> fastify("Fastify + ioredis + compress", comparisons, children, environment, LARGE, true));
        comparisons.add(
                "entry of %,d bytes, L1".formatted(bytes),
                0.6,
                entry,
                new Target("Signalbox, L1", both, small, 0),
                () -> nginx("nginx proxy_cache", comparisons, children, environment));
        comparisons.add(
                "entry of %,d bytes, L2".formatted(bytes),
                1.5,
                entry,
                new Target("Signalbox, L2", l2Only, small, 1),
                () -> fastify("Fastify + ioredis", comparisons, children, environment, small, false));
    }

    private static Target fastify(
            String name,
            Comparisons comparisons,
            Children children,
            Map<String, String> environment,
            Request request,
            boolean compressing)
            throws IOException, InterruptedException, NotInstalled {
        Fastify fastify = Fastify.install("fastify.mjs");
        comparisons.speakOf(fastify.versions());
        Map<String, String> all = new HashMap<>(environment);
        all.put("COMPRESS", compressing ? "1" : "0");
        return new Target(name, fastify.start(children, name, all), request, 1);
    }

    private Target nginx(String name, Comparisons comparisons, Children children, Map<String, String> environment)
            throws IOException, InterruptedException, NotInstalled {
        Nginx nginx = Nginx.install();
        comparisons.speakOf(nginx.version());
        return new Target(name, nginx.start(children, name, environment.get("ORIGIN_URL")), small, 0);
    }
}
