import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One request to one server under measurement, and what each round gave. */
final class Target {

    private static final double TOLERATED_COMMANDS = 0.01;

    private final String name;
    private final Server server;
    private final Request request;
    private final int redisCommands;
    private final int redisCommandsPerSecond;
    private final List<Double> requestsPerCpuSecond = new ArrayList<>();
    private final List<Double> requestsPerSecond = new ArrayList<>();
    private final List<String> p99s = new ArrayList<>();
    private final Map<String, Long> redisCalls = new TreeMap<>();
    private long requests;
    private long unanswered;
    private double secondsWatched;

    /** @param redisCommands that each request is to cause, with those that a script executes in Redis */
    Target(String name, Server server, Request request, int redisCommands) {
        this(name, server, request, redisCommands, 0);
    }

    /** @param redisCommandsPerSecond that all requests together may cause above those of each */
    Target(String name, Server server, Request request, int redisCommands, int redisCommandsPerSecond) {
        this.name = name;
        this.server = server;
        this.request = request;
        this.redisCommands = redisCommands;
        this.redisCommandsPerSecond = redisCommandsPerSecond;
    }

    void warmUp(Options options) throws IOException, InterruptedException {
        Load load = load(options, options.warmUp());
        System.err.printf("warm-up  %-24s %,d requests%n", name, load.requests());
    }

    void measure(Options options, RedisServer redis) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, Long> callsBefore = redis.calls();
        double cpuBefore = server.cpuSeconds();
        Load load = load(options, options.round());
        double cpu = server.cpuSeconds() - cpuBefore;
        redis.calls()
                .forEach((command, calls) ->
                        redisCalls.merge(command, calls - callsBefore.getOrDefault(command, 0L), Long::sum));
        secondsWatched += (System.nanoTime() - began) / 1e9;
        requests += load.requests();
        unanswered += options.connections();
        requestsPerCpuSecond.add(load.requests() / cpu);
        requestsPerSecond.add(load.requests() / load.seconds());
        p99s.add(load.p99());
        System.err.printf("measured %-24s %,.0f requests per CPU-second%n", name, load.requests() / cpu);
    }

    private Load load(Options options, Duration duration) throws IOException, InterruptedException {
        return Load.put(server.url(), request, options.connections(), duration);
    }

    String name() {
        return name;
    }

    /** How many different requests there are. */
    int different() {
        return request.different();
    }

    /** The answer to one of them. */
    HttpResponse<byte[]> answer(int number) throws IOException, InterruptedException {
        return server.send(request.number(number));
    }

    Spread requestsPerCpuSecond() {
        return Spread.of(requestsPerCpuSecond);
    }

    Spread requestsPerSecond() {
        return Spread.of(requestsPerSecond);
    }

    List<String> p99s() {
        return p99s;
    }

    /** Round by round, since a busy neighbour slows neighbouring rounds alike. */
    List<Double> ratiosTo(Target other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < requestsPerCpuSecond.size(); round++) {
            ratios.add(requestsPerCpuSecond.get(round) / other.requestsPerCpuSecond.get(round));
        }
        return ratios;
    }

    /** One line about this target beside its figures. */
    String detail(Map<String, Double> idle) throws IOException, InterruptedException {
        HttpResponse<byte[]> sample = answer(0);
        return "%s: `%s %s`, %,d bytes, X-Cache %s; Redis by command and request: %s"
                .formatted(
                        name,
                        request.method(),
                        request.path(),
                        sample.body().length,
                        sample.headers().firstValue("X-Cache").orElse("none"),
                        byCommand(redisCallsPerRequest(idle), "%s %.4f"));
    }

    /** @param idle see {@link #redisCallsPerRequest} */
    double redisCommandsPerRequest(Map<String, Double> idle) {
        return Spread.sum(redisCallsPerRequest(idle).values());
    }

    /** Whether Redis was asked as often as it should be; says so if not. */
    boolean askedRedisAsItShould(Map<String, Double> idle) {
        double commands = redisCommandsPerRequest(idle);
        // A round may hold one beat of the idle services more or less than its length says.
        double beats = requestsPerCpuSecond.size() * Spread.sum(idle.values()) / requests;
        // wrk does not count what it asked for and had no answer to when its time was over.
        double most = redisCommands * (1 + (double) unanswered / requests)
                + redisCommandsPerSecond * secondsWatched / requests
                + beats
                + TOLERATED_COMMANDS;
        boolean right = redisCommands - beats - TOLERATED_COMMANDS <= commands && commands <= most;
        if (!right) {
            System.err.printf("%s: %.3f Redis commands per request, not %d%n", name, commands, redisCommands);
        }
        return right;
    }

    static String byCommand(Map<String, Double> rates, String format) {
        String list = rates.entrySet().stream()
                .filter(rate -> rate.getValue() > 0)
                .map(rate -> format.formatted(rate.getKey(), rate.getValue()))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }

    /**
     * Per request, by command, while this target was under load.
     *
     * @param idle what the services send per second of their own accord, which no request caused
     */
    private Map<String, Double> redisCallsPerRequest(Map<String, Double> idle) {
        Map<String, Double> rates = new TreeMap<>();
        redisCalls.forEach((command, calls) ->
                rates.put(command, Math.max(0, calls - idle.getOrDefault(command, 0.0) * secondsWatched) / requests));
        return rates;
    }
}
