import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How long what was written without Redis takes to get there while requests go on, and how long a premium check takes.
 *
 * <pre>java bench/RecordsBench.java [--artifact=target/signalbox-0.1.0-SNAPSHOT-runner] [--writes=100000] …</pre>
 *
 * <p>Starts and ends everything it needs. Exits 1 when a target is not met: the backlog within 5 s from the reconnection on, p99 of
 * the check within 5 ms.
 */
final class RecordsBench {

    private static final Map<String, String> OPTIONS =
            Map.of("writes", "100000", "writers", "64", "customers", "1000", "connections-of-checks", "16");

    private static final String CLIENT_KEY = "bench-client-key-that-nobody-else-has";
    private static final String ADMIN_KEY = "bench-admin-key-that-nobody-else-has";
    private static final Duration REPLAYED_WITHIN = Duration.ofSeconds(5);
    private static final double CHECKED_WITHIN_MS = 5;
    private static final List<Integer> STEADY = List.of(500, 1_000, 2_000);
    private static final int STEADY_TARGET = 1_000;
    private static final Duration CHECKS = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Pattern UNSENT = Pattern.compile("\"unsent\":(\\d+)");
    private static final Pattern REPLAY = Pattern.compile("\"took_ms\":(\\d+),\"values\":(\\d+)");

    private final Options options;

    private RecordsBench(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) throws Exception {
        System.exit(new RecordsBench(Options.parse(OPTIONS, arguments)).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Commands.requireWrk();
        try (Children children = new Children();
                OriginStub origin = new OriginStub(Catalogues::small)) {
            RedisServer redis = new RedisServer(children);
            Map<String, String> environment = new HashMap<>(Map.of(
                    "ORIGIN_URL", origin.url(),
                    "REDIS_URL", redis.url(),
                    "API_KEYS", "bench:" + CLIENT_KEY,
                    "ADMIN_API_KEYS", "bench:" + ADMIN_KEY));
            Server server = Signalbox.start(children, "records", options.artifact(), environment);
            System.out.printf("%s, Redis %s, %s%n%n", Signalbox.version(server), redis.version(), Machine.text());
            return checks(server) & backlog(server, redis);
        }
    }

    /** Half of the customers have premium. */
    private boolean checks(Server server) throws Exception {
        int customers = Integer.parseInt(options.own().get("customers"));
        inParallel(customers / 2, number -> post(
                server,
                ADMIN_KEY,
                "/api/premium/grant",
                "{\"email\":\"c%d@example.org\",\"plan\":\"premium\",\"duration_days\":30,\"payment_reference\":\"bench-%d\"}"
                        .formatted(number * 2, number)));
        Request check = Request.get("/api/premium/check?email=c%d@example.org", Map.of("X-API-Key", CLIENT_KEY))
                .different(customers);
        int connections = Integer.parseInt(options.own().get("connections-of-checks"));
        Load warm = Load.put(server.url(), check, connections, options.warmUp());
        Load load = Load.put(server.url(), check, connections, CHECKS);
        System.out.printf(
                "Premium check: %,.0f/s over %d connections, p99 %s (before it was warm %s)%n",
                load.requests() / load.seconds(), connections, load.p99(), warm.p99());
        List<String> paths = IntStream.range(0, customers)
                .mapToObj(number -> check.number(number).path())
                .toList();
        boolean met = true;
        for (int perSecond : STEADY) {
            Steady steady = Steady.put(server.url(), paths, "X-API-Key: " + CLIENT_KEY + "\r\n", perSecond, CHECKS);
            System.out.printf("Premium check at %s%n", steady);
            // What the machine itself does to an answer for which nothing is asked of anybody.
            System.out.printf(
                    "GET /health   at %s%n",
                    Steady.put(server.url(), List.of("/health"), "", perSecond, CHECKS));
            met &= perSecond > STEADY_TARGET || steady.percentile(0.99) <= CHECKED_WITHIN_MS;
        }
        return met;
    }

    private boolean backlog(Server server, RedisServer redis) throws Exception {
        int writes = Integer.parseInt(options.own().get("writes"));
        Request other = Request.get("/api/models?gateway=bench-0", Map.of());
        Load.put(server.url(), other, 8, Duration.ofSeconds(5));
        redis.signal("STOP");
        long begun = System.nanoTime();
        inParallel(writes, number ->
                post(server, CLIENT_KEY, "/api/subscribe", "{\"email\":\"s%d@example.org\"}".formatted(number)));
        Duration written = Duration.ofNanos(System.nanoTime() - begun);
        long waiting = unsent(server);
        try (ExecutorService asking = Executors.newSingleThreadExecutor()) {
            Future<Load> requests = asking.submit(() -> Load.put(server.url(), other, 8, Duration.ofSeconds(8)));
            Thread.sleep(1_000);
            redis.signal("CONT");
            long back = System.nanoTime();
            while (unsent(server) > 0) {
                Thread.sleep(LOOK);
            }
            Duration replayed = Duration.ofNanos(System.nanoTime() - back);
            Load load = requests.get();
            Matcher replay = REPLAY.matcher(recovery(server));
            if (!replay.find()) {
                throw new IllegalStateException("/api/recovery says nothing of a replay");
            }
            Duration sent = Duration.ofMillis(Long.parseLong(replay.group(1)));
            System.out.printf(
                    "Backlog: %,d writes in %d ms without Redis, each synced; %,d values waited%n"
                            + "Replayed %d ms after Redis was back, reconnection included (the service: %s); meanwhile %,.0f requests/s, p99 %s%n",
                    writes,
                    written.toMillis(),
                    waiting,
                    replayed.toMillis(),
                    replay.group(2) + " values in " + replay.group(1) + " ms",
                    load.requests() / load.seconds(),
                    load.p99());
            return waiting >= writes && sent.compareTo(REPLAYED_WITHIN) <= 0;
        }
    }

    private interface Numbered {
        void with(int number) throws Exception;
    }

    private void inParallel(int count, Numbered work) throws Exception {
        int writers = Integer.parseInt(options.own().get("writers"));
        List<Future<?>> parts = new ArrayList<>();
        try (ExecutorService all = Executors.newFixedThreadPool(writers)) {
            IntStream.range(0, writers).forEach(writer -> parts.add(all.submit(() -> {
                for (int number = writer; number < count; number += writers) {
                    work.with(number);
                }
                return null;
            })));
            for (Future<?> part : parts) {
                part.get();
            }
        }
    }

    private static void post(Server server, String key, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = server.send(Request.postJson(path, Map.of("X-API-Key", key), body));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static long unsent(Server server) throws IOException, InterruptedException {
        Matcher unsent = UNSENT.matcher(recovery(server));
        if (!unsent.find()) {
            throw new IllegalStateException("/api/recovery says nothing of what waits");
        }
        return Long.parseLong(unsent.group(1));
    }

    private static String recovery(Server server) throws IOException, InterruptedException {
        Request look = Request.get("/api/recovery", Map.of("X-API-Key", ADMIN_KEY));
        return new String(server.send(look).body(), StandardCharsets.UTF_8);
    }
}
