package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoTest {

    private final Vertx vertx = Vertx.vertx();
    private final Memo<String, String> memo = new Memo<>(vertx, 10, (_, value) -> value.length());
    private final AtomicInteger works = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void workIsSharedAndEachGetsItsResultOnItsOwnContext() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        List<Context> contexts = new ArrayList<>();
        List<CompletableFuture<Context>> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Context context = ((VertxInternal) vertx).createEventLoopContext();
            CompletableFuture<Context> delivered = new CompletableFuture<>();
            contexts.add(context);
            seen.add(delivered);
            CountDownLatch asked = new CountDownLatch(1);
            context.runOnContext(_ -> {
                memo.get("key", () -> work(finish))
                        .subscribe()
                        .with(_ -> delivered.complete(Vertx.currentContext()), delivered::completeExceptionally);
                asked.countDown();
            });
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        }

        finish.countDown();

        for (int i = 0; i < 4; i++) {
            assertThat(seen.get(i).get(5, TimeUnit.SECONDS)).isSameAs(contexts.get(i));
        }
        assertThat(works).hasValue(1);
    }

    @Test
    void workIsDoneOffTheEventLoopAndOnce() {
        assertThat(ModelsFixture.await(
                        memo.get("key", () -> Thread.currentThread().getName())))
                .contains("worker");
    }

    @Test
    void whoeverLeavesTakesTheWorkFromNobody() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        Cancellable leaving = memo.get("key", () -> work(finish)).subscribe().with(_ -> {}, _ -> {});
        CompletableFuture<String> staying = memo.get("key", () -> work(finish)).subscribeAsCompletionStage();

        leaving.cancel();
        finish.countDown();

        assertThat(staying.get(5, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(works).hasValue(1);
    }

    @Test
    void failureIsNotRemembered() {
        assertThatThrownBy(() -> ModelsFixture.await(memo.get("key", () -> {
                    throw new IllegalStateException("not now");
                })))
                .hasMessageContaining("not now");

        assertThat(ModelsFixture.await(memo.get("key", () -> "now"))).isEqualTo("now");
    }

    @Test
    void whatDoesNotFitIsForgotten() {
        for (int i = 0; i < 100; i++) {
            assertThat(ModelsFixture.await(memo.get("key" + i, this::fiveLong))).hasSize(5);
        }
        int made = works.get();

        for (int i = 0; i < 100; i++) {
            assertThat(ModelsFixture.await(memo.get("key" + i, this::fiveLong))).hasSize(5);
        }

        assertThat(works.get() - made).isGreaterThan(90);
    }

    private String fiveLong() {
        works.incrementAndGet();
        return "12345";
    }

    private String work(CountDownLatch finish) {
        works.incrementAndGet();
        try {
            return finish.await(5, TimeUnit.SECONDS) ? "done" : "late";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
