import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The comparisons of one run, measured in interleaved rounds, and of what versions they speak. */
final class Comparisons {

    private final Options options;
    private final List<Comparison> all = new ArrayList<>();
    private final Set<String> versions = new LinkedHashSet<>();
    private final StringBuilder missing = new StringBuilder();

    Comparisons(Options options, RedisServer redis) throws IOException, InterruptedException, NotInstalled {
        this.options = options;
        versions.add("Redis " + redis.version());
        versions.add(Commands.run(Path.of("."), "sh", "-c", "wrk -v | grep -om1 'wrk [^ ]*'"));
    }

    void speakOf(String version) {
        versions.add(version);
    }

    void speakOf(Server signalbox) throws IOException, InterruptedException {
        speakOf("%s (%s), Java %s"
                .formatted(Signalbox.version(signalbox), options.artifact().getFileName(), Runtime.version()));
    }

    /** @param atLeast see {@link Comparison} */
    void add(String what, double atLeast, Expectation expected, Target ours, Peer peer)
            throws IOException, InterruptedException {
        try {
            all.add(new Comparison(what, atLeast, expected, ours, peer.target()));
        } catch (NotInstalled absent) {
            missing.append(Comparison.missing(what, atLeast, absent.getMessage()));
        }
    }

    /** Installs and starts a server, and says what of it is measured. */
    interface Peer {
        Target target() throws IOException, InterruptedException, NotInstalled;
    }

    void warmUp() throws IOException, InterruptedException {
        for (Comparison comparison : all) {
            comparison.check(false);
            for (Target target : comparison.inOrder(0)) {
                target.warmUp(options);
            }
            comparison.check(true);
        }
    }

    void measure(RedisServer redis) throws IOException, InterruptedException {
        for (int round = 0; round < options.rounds(); round++) {
            for (Comparison comparison : all) {
                for (Target target : comparison.inOrder(round)) {
                    target.measure(options, redis);
                }
            }
        }
        for (Comparison comparison : all) {
            comparison.check(true);
        }
    }

    /**
     * Whether every peer was there, every target is met, and Redis was asked as it should; says what is not so.
     *
     * @param idle what Redis is asked per second without any request
     */
    boolean areRight(Map<String, Double> idle) {
        boolean right = missing.isEmpty();
        for (Comparison comparison : all) {
            for (Target target : comparison.inOrder(0)) {
                right &= target.askedRedisAsItShould(idle);
            }
            if (!comparison.isMet()) {
                System.err.println("target missed: " + comparison.what());
                right = false;
            }
        }
        return right;
    }

    String report(Map<String, Double> idle) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("%s; %s; %s%n%n".formatted(String.join(", ", versions), Machine.text(), options.text()));
        text.append(Comparison.HEAD);
        all.forEach(comparison -> text.append(comparison.row()));
        text.append(missing).append('\n');
        for (Comparison comparison : all) {
            text.append(comparison.detail(idle));
        }
        return text.toString();
    }
}
