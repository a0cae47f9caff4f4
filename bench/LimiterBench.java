import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a limit costs over HTTP, as requests per CPU-second of the server's processes: callers within their limit and callers
 * over it, beside Fastify with {@code @fastify/rate-limit} on the same Redis in one run, and what other services have decided
 * in batches.
 *
 * <pre>java bench/LimiterBench.java [--artifact=target/signalbox-0.1.0-SNAPSHOT-runner] [--rounds=7] …</pre>
 *
 * <p>Installs the peer, starts and ends everything it needs. The tables go to standard output, progress to standard error.
 * Exits 1 when the peer cannot be had, when somebody asked Redis more or less than the work needs, when limits were decided
 * without Redis, when an answer is not what it should be, or when a target is not met.
 */
final class LimiterBench {

    /** The warm-up is longer than elsewhere: in the same time there are fewer requests for the compiler to learn from. */
    private static final Map<String, String> OPTIONS =
            Map.of("refused-callers", "100", "batch-connections", "2", "warm-up-seconds", "30");

    private static final String ADMIN_KEY = "bench-admin-key-that-nobody-else-has";

    private static final double AT_LEAST = 1.5;
    private static final String GATEWAY = "bench-0";
    private static final Request LIMITED =
            Request.get("/api/models?gateway=" + GATEWAY, Map.of("X-Forwarded-For", "%a"));

    /** So many that nobody is refused, and so few that everybody is, after the first. */
    private static final long PLENTY = 1_000_000_000;

    private static final long ONE = 1;
    private static final Duration WINDOW = Duration.ofHours(24);

    /** As INFO counts: the call of the script, and the time, the look and the write in it. */
    private static final int SIGNALBOX_TAKES = 4;

    /** The same without the write; once in a second and for each caller, since a refusal is remembered that long. */
    private static final int SIGNALBOX_REFUSES = 3;

    /** The call of the script, and the increment and the look at the time to live in it, whether it refuses or not. */
    private static final int PEER_DECIDES = 3;

    private final Options options;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Server> limiting = new ArrayList<>();

    private LimiterBench(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) throws Exception {
        System.exit(new LimiterBench(Options.parse(OPTIONS, arguments)).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, NotInstalled {
        Commands.requireWrk();
        try (Children children = new Children();
                OriginStub origin = new OriginStub(Catalogues::small)) {
            RedisServer redis = new RedisServer(children);
            environment.put("ORIGIN_URL", origin.url());
            environment.put("REDIS_URL", redis.url());
            environment.put("TRUSTED_PROXY_HOPS", "1");
            environment.put("ADMIN_API_KEYS", "bench:" + ADMIN_KEY);
            Comparisons comparisons = new Comparisons(options, redis);
            compare(comparisons, children);
            // With the deadline that is shipped, a busy machine would soon decide without Redis: that is not what is measured.
            CheckBatch batch =
                    new CheckBatch(signalbox(children, "batches", "-Dsignalbox.redis.deadline=1s"), ADMIN_KEY);
            Options ofBatches = options.with(Integer.parseInt(options.own().get("batch-connections")));
            comparisons.warmUp();
            batch.warmUp(ofBatches);
            Map<String, Double> idle = redis.idleRates(Duration.ofSeconds(5));
            long locallyBefore = decidedLocally();
            comparisons.measure(redis);
            batch.measure(ofBatches, redis);
            long locally = decidedLocally() - locallyBefore;
            System.out.printf(
                    "%s%n%s%nDecided without Redis during the measurement: %d%n",
                    comparisons.report(idle), batch.report(idle), locally);
            return comparisons.areRight(idle) & batch.isRight(idle) & locally == 0;
        }
    }

    private void compare(Comparisons comparisons, Children children) throws IOException, InterruptedException {
        Request within = LIMITED.different(options.entries());
        Request over = LIMITED.different(Integer.parseInt(options.own().get("refused-callers"))).answered(429);
        Server admitting = signalbox(children, "admitting", limit("bench-admitted", PLENTY));
        Server refusing = signalbox(children, "refusing", limit("bench-refused", ONE));
        comparisons.speakOf(admitting);
        comparisons.add(
                "%,d callers within their limit, %,d bytes behind it"
                        .formatted(within.different(), Catalogues.small(GATEWAY).length),
                AT_LEAST,
                new Expected(_ -> Catalogues.small(GATEWAY), false),
                new Target("Signalbox, admitted", admitting, within, SIGNALBOX_TAKES),
                () -> peer("Fastify + rate-limit, admitted", comparisons, children, PLENTY, within));
        comparisons.add(
                "%,d callers over their limit".formatted(over.different()),
                AT_LEAST,
                new Refused(),
                new Target("Signalbox, refused", refusing, over, 0, SIGNALBOX_REFUSES * over.different()),
                () -> peer("Fastify + rate-limit, refused", comparisons, children, ONE, over));
    }

    private Server signalbox(Children children, String name, String... properties)
            throws IOException, InterruptedException {
        Server server = Signalbox.start(children, name, options.artifact(), environment, properties);
        limiting.add(server);
        return server;
    }

    private static String[] limit(String name, long amount) {
        String prefix = "-Dsignalbox.limits." + name;
        return new String[] {
            prefix + ".match=/api/models", prefix + ".amount=" + amount, prefix + ".window=" + WINDOW
        };
    }

    private Target peer(String name, Comparisons comparisons, Children children, long amount, Request request)
            throws IOException, InterruptedException, NotInstalled {
        Fastify fastify = Fastify.install("limit.mjs");
        comparisons.speakOf(fastify.versions());
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of(
                "NAME", "" + amount, "AMOUNT", "" + amount, "WINDOW_MS", "" + WINDOW.toMillis(), "GATEWAY", GATEWAY));
        return new Target(name, fastify.start(children, name, all), request, PEER_DECIDES);
    }

    /** By all our processes since they started: their share of a limit counts where Redis does not answer in time. */
    private long decidedLocally() throws IOException, InterruptedException {
        long decisions = 0;
        for (Server server : limiting) {
            String metrics = new String(server.get("/q/metrics").body(), StandardCharsets.UTF_8);
            decisions += metrics.lines()
                    .filter(line -> line.startsWith("signalbox_limit_decisions_total{") && line.contains("engine=\"local\""))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return decisions;
    }
}
