package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.premium.FreeTier;
import dev.signalbox.premium.FreeTiers;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.QuotaUsage;
import dev.signalbox.records.Quotas;
import dev.signalbox.records.TestQuotas;
import dev.signalbox.redis.TestLinks;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who pays for a thread that several want at the same time. */
class ChargedThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final KeyHolder ANN = new KeyHolder("ann");
    private static final KeyHolder BOB = new KeyHolder("bob");
    private static final KeyHolder CAY = new KeyHolder("cay");

    private final Vertx vertx = Vertx.vertx();
    private final MemoryRecords records = new MemoryRecords(() -> 1_800_000_000_000_000L);
    private final Quotas quotas =
            TestQuotas.of(TestLinks.disabled(), records, amount -> amount, () -> 1_800_000_000_000_000L);
    private final FreeTier freeTier = FreeTiers.of(quotas, records, InstantSource.system(), 2);
    private final Shared cache = new Shared();
    private final ThreadService threads = service(cache);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void onlyWhoBeganTheLoadPays() {
        var ann = ask("One text.", ANN);
        var bob = ask("One text.", BOB);
        cache.land();

        assertThat(ann.awaitItem(PATIENCE).getItem()).isNotNull();
        assertThat(bob.awaitItem(PATIENCE).getItem()).isNotNull();
        assertThat(List.of(used(ANN), used(BOB))).containsExactly(1L, 0L);
    }

    @Test
    void aLeaderWhoIsRefusedLeavesAndTheNextOneLeads() {
        exhaust(ANN);
        exhaust(CAY);
        var ann = ask("The same.", ANN);
        var cay = ask("The same.", CAY);
        var bob = ask("The same.", BOB);
        cache.land();
        cache.land();

        assertThat(problem(ann).type()).isEqualTo(ProblemType.PAYMENT_REQUIRED);
        assertThat(problem(cay).type()).isEqualTo(ProblemType.PAYMENT_REQUIRED);
        assertThat(bob.awaitItem(PATIENCE).getItem().source()).isEqualTo(CachedAnswer.Source.LOADED);
        assertThat(used(BOB)).isEqualTo(1);
    }

    @Test
    void whoeverWaitsIsAnsweredHoweverManyLeave() {
        exhaust(ANN);
        // A cache in which somebody else leads each time.
        ThreadService unlucky = service(new Cache() {
            @Override
            public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
                return Uni.createFrom()
                        .failure(new LeaderRefused(
                                new Object(), new ProblemException(ProblemType.PAYMENT_REQUIRED, "not yours")));
            }

            @Override
            public Uni<CachedAnswer> refresh(
                    Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
                return get(category, key, caller, loader);
            }
        });

        assertThat(generate(unlucky, "Text.", BOB)
                        .awaitItem(PATIENCE)
                        .getItem()
                        .representation()
                        .status())
                .isEqualTo(200);
        assertThat(problem(generate(unlucky, "Text.", ANN)).getMessage()).contains("You have used your 2 free threads");
        assertThat(used(BOB)).isEqualTo(1);
    }

    @Test
    void hundredTextsAtOnceAreAsManyThreadsAsAreFree() {
        List<UniAssertSubscriber<CachedAnswer>> arrivals = IntStream.range(0, 100)
                .mapToObj(text -> ask("Text " + text + ".", ANN))
                .toList();
        cache.land();

        assertThat(arrivals.stream().filter(arrival -> arrival.getFailure() == null))
                .hasSize(2);
        assertThat(used(ANN)).isEqualTo(2);
    }

    @Test
    void aGenerationThatFailsCostsNothing() {
        for (int time = 0; time < 5; time++) {
            Uni<Object> failing = freeTier.open(ANN)
                    .chain(unit -> unit.pay(Uni.createFrom().failure(new IllegalStateException("upstream"))));
            var _ = failing.subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .awaitFailure(PATIENCE)
                    .assertFailedWith(IllegalStateException.class, "upstream");
        }

        assertThat(used(ANN)).isZero();
    }

    @Test
    void aGenerationThatIsGivenUpCostsNothing() {
        for (int time = 0; time < 5; time++) {
            Uni<Object> endless =
                    freeTier.open(ANN).chain(unit -> unit.pay(Uni.createFrom().nothing()));
            var waiting = endless.subscribe().withSubscriber(UniAssertSubscriber.create());
            waiting.assertNotTerminated();
            waiting.cancel();
        }

        assertThat(used(ANN)).isZero();
    }

    private void exhaust(Requester requester) {
        for (int unit = 0; unit < 2; unit++) {
            var _ = freeTier.open(requester)
                    .chain(right -> right.pay(Uni.createFrom().item("made")))
                    .await()
                    .atMost(PATIENCE);
        }
    }

    private long used(Requester requester) {
        return quotas.look(requester.caller())
                .await()
                .atMost(PATIENCE)
                .map(QuotaUsage::daily)
                .orElse(0L);
    }

    private UniAssertSubscriber<CachedAnswer> ask(String text, Requester requester) {
        return generate(threads, text, requester);
    }

    private static UniAssertSubscriber<CachedAnswer> generate(ThreadService service, String text, Requester requester) {
        return service.generate(new Submission.Text("text", text), false, requester)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static ProblemException problem(UniAssertSubscriber<CachedAnswer> refused) {
        return (ProblemException) refused.awaitFailure(PATIENCE).getFailure();
    }

    private ThreadService service(Cache kept) {
        return ThreadServices.of(vertx, kept, freeTier, 280, 10_000);
    }

    /** Lets all who ask for a key wait for the load of the first, which begins when the test says so. */
    private static final class Shared implements Cache {

        private final Map<String, Flight> flights = new LinkedHashMap<>();

        private record Flight(Supplier<Uni<Loaded>> loader, Deque<UniEmitter<? super CachedAnswer>> waiting) {}

        void land() {
            List<Flight> ready = List.copyOf(flights.values());
            flights.clear();
            for (Flight flight : ready) {
                var landed = flight.loader.get().subscribe().withSubscriber(UniAssertSubscriber.create());
                flight.waiting.forEach(one -> {
                    if (landed.getFailure() == null) {
                        one.complete(new CachedAnswer(
                                landed.getItem().representation(),
                                CachedAnswer.Source.LOADED,
                                false,
                                Duration.ZERO,
                                Duration.ZERO));
                    } else {
                        one.fail(landed.getFailure());
                    }
                });
            }
        }

        @Override
        public Uni<CachedAnswer> get(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
            return Uni.createFrom()
                    .emitter(waiting -> flights.computeIfAbsent(key, same -> new Flight(loader, new ArrayDeque<>()))
                            .waiting
                            .add(waiting));
        }

        @Override
        public Uni<CachedAnswer> refresh(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader) {
            return get(category, key, caller, loader);
        }
    }
}
