package dev.signalbox.cache;

import dev.signalbox.BackgroundWork;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.LinkStatus;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Adds up what all processes count, in Redis, so that a restart loses nothing.
 *
 * <p>Redis holds a hash for each category with a field for each process, under the random id that the process takes at its
 * start (its <em>epoch</em>), and in it the running totals of that process. A process only ever raises its own field; so a
 * write that is repeated, late or lost neither doubles nor loses anything, and the sum of the fields is what the fleet has
 * counted. Fields never expire: a few dozen bytes for each category and start, until records bring compaction.
 *
 * <p>Totals are written once a second where they changed, and at the end; {@code kill -9} may lose the last second. In an
 * outage they grow in memory. No request waits for any of it, and nothing fails because of it.
 */
@Singleton
@BackgroundWork("Totals are written every second while the service runs; a failed write is repeated by the next.")
final class FleetStatistics implements CacheStatistics {

    private static final Logger LOG = Logger.getLogger(FleetStatistics.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RedisLink link;
    private final KeySpace keys;
    private final ReplicaStatistics counted;
    private final Vertx vertx;
    private final RedisScript raise = RedisScript.writing("statistics.lua");
    private final String epoch;

    /** What Redis has taken, of the data that it held then. */
    private final Map<Category, Written> written = new ConcurrentHashMap<>();

    FleetStatistics(RedisLink link, KeySpace keys, ReplicaStatistics counted, Vertx vertx, RandomGenerator random) {
        this.link = link;
        this.keys = keys;
        this.counted = counted;
        this.vertx = vertx;
        this.epoch =
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    @Startup
    void start() {
        var _ = vertx.setPeriodic(PERIOD.toMillis(), tick -> flush());
    }

    /** Before the link stops, which sends what it was given before. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        flush();
    }

    /** Writes what has changed since it was last written. */
    void flush() {
        LinkStatus status = link.status();
        if (status.writable()) {
            String data = status.epoch() + " " + status.generation();
            counted.totals().forEach((category, totals) -> write(category, new Written(totals, data)));
        }
    }

    @Override
    public Map<Category, CategoryTotals> ofReplica() {
        return counted.totals();
    }

    @Override
    public Map<Source, Latency> latencies(Category category) {
        return counted.latencies(category);
    }

    @Override
    public Uni<Optional<Map<Category, CategoryTotals>>> ofFleet(Set<Category> categories) {
        List<Uni<Map.Entry<Category, CategoryTotals>>> sums =
                categories.stream().map(this::sum).toList();
        return sums.isEmpty()
                ? Uni.createFrom().item(Optional.of(Map.of()))
                : Uni.join()
                        .all(sums)
                        .andFailFast()
                        .map(all -> Optional.of(
                                all.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
                        .onFailure(RedisFailure.class)
                        .recoverWithItem(Optional.empty());
    }

    private void write(Category category, Written wanted) {
        if (wanted.equals(written.get(category))) {
            return;
        }
        var _ = link.run(raise, List.of(keys.statistics(category.name())), List.of(epoch, wanted.totals.text()))
                .subscribe()
                .with(
                        done -> written.put(category, wanted),
                        failure -> LOG.debugf(
                                "[Cache] Statistics of category %s wait for Redis: %s",
                                category.name(), failure.getMessage()));
    }

    private Uni<Map.Entry<Category, CategoryTotals>> sum(Category category) {
        return link.send(RedisCommand.hgetall(keys.statistics(category.name())))
                .map(fields -> Map.entry(category, ofOthers(fields.items()).plus(ours(category))));
    }

    private CategoryTotals ofOthers(List<Reply> fields) {
        CategoryTotals sum = CategoryTotals.NONE;
        for (int i = 0; i < fields.size(); i += 2) {
            if (!fields.get(i).text().equals(epoch)) {
                sum = sum.plus(CategoryTotals.parse(fields.get(i + 1).text()));
            }
        }
        return sum;
    }

    private CategoryTotals ours(Category category) {
        return counted.totals().getOrDefault(category, CategoryTotals.NONE);
    }

    /**
     * Totals that Redis has taken.
     *
     * @param data which link and which data took them: another may never have seen them
     */
    private record Written(CategoryTotals totals, String data) {}
}
