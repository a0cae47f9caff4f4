package dev.signalbox.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Times and counts every answer by its category and by where it came from. */
final class InstrumentedCache implements Cache {

    private final Cache delegate;
    private final MeterRegistry registry;
    private final Ticker ticker;
    private final ReplicaStatistics statistics;
    private final Map<Category, Timers> byCategory = new ConcurrentHashMap<>();

    private InstrumentedCache(Cache delegate, MeterRegistry registry, Ticker ticker, ReplicaStatistics statistics) {
        this.delegate = delegate;
        this.registry = registry;
        this.ticker = ticker;
        this.statistics = statistics;
    }

    static Cache wrap(Cache delegate, MeterRegistry registry, Ticker ticker, ReplicaStatistics statistics) {
        return new InstrumentedCache(delegate, registry, ticker, statistics);
    }

    @Override
    public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return timed(category, () -> delegate.get(category, key, caller, loader));
    }

    @Override
    public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
        return timed(category, () -> delegate.refresh(category, key, caller, loader));
    }

    private Uni<CachedAnswer> timed(Category category, Supplier<Uni<CachedAnswer>> call) {
        return Uni.createFrom().deferred(() -> {
            Timers timers = byCategory.computeIfAbsent(category, this::timers);
            long began = ticker.read();
            return call.get()
                    .onFailure()
                    .invoke(failure -> timers.record(null, began, ticker.read()))
                    .map(answer -> {
                        long now = ticker.read();
                        timers.record(answer, began, now);
                        return answer.after(Duration.ofNanos(now - began));
                    });
        });
    }

    private Timers timers(Category category) {
        Map<Source, Timer> bySource = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            bySource.put(source, timer(category, source.name().toLowerCase(Locale.ROOT)));
        }
        return new Timers(bySource, timer(category, "failed"), statistics.of(category));
    }

    private Timer timer(Category category, String source) {
        return Timer.builder("signalbox.cache.requests")
                .description("Requests to the cache by where the answer came from")
                .tag("category", category.name())
                .tag("source", source)
                .register(registry);
    }

    /** The meters of one category, all there from its first request on: a rate needs a zero to start from. */
    private record Timers(Map<Source, Timer> bySource, Timer failed, CategoryStatistics statistics) {

        void record(@Nullable CachedAnswer answer, long beganNanos, long nowNanos) {
            long taken = nowNanos - beganNanos;
            statistics.count(answer, nowNanos, taken);
            Timer timer = answer == null ? failed : bySource.getOrDefault(answer.source(), failed);
            timer.record(taken, TimeUnit.NANOSECONDS);
        }
    }
}
