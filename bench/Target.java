import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One path of one service under measurement, and what each round gave. */
final class Target {

    private final String name;
    private final Service service;
    private final String path;
    private final List<Double> requestsPerCpuSecond = new ArrayList<>();
    private final List<Double> requestsPerSecond = new ArrayList<>();
    private final List<String> p99s = new ArrayList<>();
    private final Map<String, Long> redisCalls = new TreeMap<>();
    private long requests;
    private double secondsWatched;

    Target(String name, Service service, String path) {
        this.name = name;
        this.service = service;
        this.path = path;
    }

    void warmUp(Options options) throws IOException, InterruptedException {
        Load load = Load.put(service.url(path), options.connections(), options.warmUp());
        System.err.printf("warm-up  %-14s %,d requests%n", name, load.requests());
    }

    void measure(Options options, RedisServer redis) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, Long> callsBefore = redis.calls();
        double cpuBefore = service.cpuSeconds();
        Load load = Load.put(service.url(path), options.connections(), options.round());
        double cpu = service.cpuSeconds() - cpuBefore;
        redis.calls().forEach((command, calls) -> redisCalls.merge(
                command, calls - callsBefore.getOrDefault(command, 0L), Long::sum));
        secondsWatched += (System.nanoTime() - began) / 1e9;
        requests += load.requests();
        requestsPerCpuSecond.add(load.requests() / cpu);
        requestsPerSecond.add(load.requests() / load.seconds());
        p99s.add(load.p99());
        System.err.printf("measured %-14s %,.0f requests per CPU-second%n", name, load.requests() / cpu);
    }

    String name() {
        return name;
    }

    String path() {
        return path;
    }

    Service service() {
        return service;
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
    Spread ratioTo(Target other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < requestsPerCpuSecond.size(); round++) {
            ratios.add(requestsPerCpuSecond.get(round) / other.requestsPerCpuSecond.get(round));
        }
        return Spread.of(ratios);
    }

    /**
     * Per request, by command, while this target was under load.
     *
     * @param idle what the services send per second of their own accord, which no request caused
     */
    Map<String, Double> redisCallsPerRequest(Map<String, Double> idle) {
        Map<String, Double> rates = new TreeMap<>();
        redisCalls.forEach((command, calls) -> rates.put(
                command, Math.max(0, calls - idle.getOrDefault(command, 0.0) * secondsWatched) / requests));
        return rates;
    }
}
