package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.Caller;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentedCacheTest {

    private static final Category MODELS = new Category("models");
    private static final Duration TAKEN = Duration.ofMillis(7);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeTime time = new FakeTime();
    private final ReplicaStatistics statistics = new ReplicaStatistics(time);

    @ParameterizedTest
    @CsvSource({"L1,l1", "L2,l2", "LOADED,loaded", "COALESCED,coalesced"})
    void answerIsTimedByItsCategoryAndSource(Source source, String tag) {
        Cache cache = taking(TAKEN, () -> Uni.createFrom().item(answer(source)));

        ask(cache);
        ask(cache);

        assertThat(count(tag)).isEqualTo(2);
        assertThat(registry.get("signalbox.cache.requests")
                        .tags("category", "models", "source", tag)
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(14);
    }

    @Test
    void answersAndFailuresAreCountedForTheFleet() {
        ask(taking(TAKEN, () -> Uni.createFrom().item(answer(Source.L1))));
        ask(taking(TAKEN, () -> Uni.createFrom().item(answer(Source.LOADED))));
        Cache failing = taking(TAKEN, () -> Uni.createFrom().failure(new IllegalStateException("no answer")));
        assertThatThrownBy(() -> ask(failing)).isInstanceOf(IllegalStateException.class);

        assertThat(statistics.totals()).containsOnly(Map.entry(MODELS, new CategoryTotals(1, 0, 1, 0, 1)));
        assertThat(statistics
                        .latencies(MODELS)
                        .getOrDefault(Source.L1, new Latency(0, Duration.ZERO, Duration.ZERO))
                        .p99()
                        .toNanos())
                .isCloseTo(TAKEN.toNanos(), within(TAKEN.toNanos() / 16));
    }

    @Test
    void failureIsTimedAndPassedOn() {
        IllegalStateException fault = new IllegalStateException("no answer");
        Cache cache = taking(TAKEN, () -> Uni.createFrom().failure(fault));

        assertThatThrownBy(() -> ask(cache)).isEqualTo(fault);

        assertThat(count("failed")).isEqualTo(1);
    }

    @Test
    void everySourceOfACategoryIsThereFromItsFirstRequestOn() {
        ask(taking(TAKEN, () -> Uni.createFrom().item(answer(Source.L1))));

        assertThat(registry.getMeters().stream().map(Meter::getId))
                .extracting(id -> id.getName() + id.getTag("category") + id.getTag("source"))
                .containsExactlyInAnyOrder(
                        "signalbox.cache.requestsmodelsl1",
                        "signalbox.cache.requestsmodelsl2",
                        "signalbox.cache.requestsmodelsloaded",
                        "signalbox.cache.requestsmodelscoalesced",
                        "signalbox.cache.requestsmodelsfailed");
        assertThat(count("l2")).isZero();
    }

    @Test
    void timeRunsFromTheSubscription() {
        Cache cache = taking(TAKEN, () -> Uni.createFrom().item(answer(Source.L1)));
        Uni<CachedAnswer> question = cache.get(MODELS, "k", Caller.everyone(), Loads.counting("v"));

        time.pass(Duration.ofHours(1));
        question.await().indefinitely();

        assertThat(registry.get("signalbox.cache.requests")
                        .tags("source", "l1")
                        .timer()
                        .max(TimeUnit.MILLISECONDS))
                .isEqualTo(7);
    }

    @Test
    void eventsAreCountedByCategory() {
        CacheMetrics metrics = new CacheMetrics(registry);

        metrics.oversized(MODELS);
        metrics.notShared(MODELS);
        metrics.notShared(MODELS);
        metrics.fault(MODELS, new IllegalStateException("expected in this test"));

        assertThat(List.of("oversized", "not.shared", "faults"))
                .extracting(name -> registry.get("signalbox.cache." + name)
                        .tags("category", "models")
                        .counter()
                        .count())
                .containsExactly(1.0, 2.0, 1.0);
    }

    private Cache taking(Duration taken, Supplier<Uni<CachedAnswer>> result) {
        Cache slow = new Cache() {
            @Override
            public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
                return Uni.createFrom().deferred(() -> {
                    time.pass(taken);
                    return result.get();
                });
            }

            @Override
            public Uni<CachedAnswer> refresh(
                    Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
                return get(category, key, caller, loader);
            }
        };
        return InstrumentedCache.wrap(slow, registry, time, statistics);
    }

    private static void ask(Cache cache) {
        cache.get(MODELS, "k", Caller.everyone(), Loads.counting("v")).await().indefinitely();
    }

    private long count(String source) {
        return registry.get("signalbox.cache.requests")
                .tags("category", "models", "source", source)
                .timer()
                .count();
    }

    private static CachedAnswer answer(Source source) {
        return new CachedAnswer(Bodies.text("x"), source, false, Duration.ZERO, Duration.ZERO);
    }
}
