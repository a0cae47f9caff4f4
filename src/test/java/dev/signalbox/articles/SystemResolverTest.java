package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Name servers that are silent, gone, or back, and crowds that ask for names meanwhile. */
class SystemResolverTest {

    private static final List<InetAddress> FOUND = List.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 64;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch silence = new CountDownLatch(1);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new LogList();
    private final Logger logger = Logger.getLogger(NameServerHealth.class.getName());
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final SystemResolver resolver = new SystemResolver(vertx, () -> now, this::lookUp);

    private final class LogList extends Handler {

        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(log);
    }

    @AfterEach
    void close() {
        silence.countDown();
        resolver.close();
        logger.removeHandler(log);
        logger.setLevel(null);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void crowdThatAsksForOneNameSharesALookUp() throws Exception {
        List<CompletableFuture<List<InetAddress>>> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(ask("slow.test"));
        }
        await().until(() -> begun.contains("slow.test"));
        crowd.removeFirst().cancel(true);
        silence.countDown();

        for (var one : crowd) {
            assertThat(outcome(one)).isEqualTo(FOUND);
        }
        assertThat(begun).containsExactly("slow.test");
    }

    @Test
    void nameIsLookedUpAnewWhenNobodyLooksItUp() throws Exception {
        assertThat(outcome(ask("quick.test"))).isEqualTo(FOUND);
        assertThat(outcome(ask("quick.test"))).isEqualTo(FOUND);

        assertThat(begun).containsExactly("quick.test", "quick.test");
    }

    @Test
    void whatNobodyWaitsForAnyLongerIsSkipped() throws Exception {
        occupyAllThreads();
        var left = ask("left.test");
        var kept = ask("kept.test");
        var keptToo = ask("kept.test");
        left.cancel(true);
        kept.cancel(true);
        silence.countDown();

        assertThat(outcome(keptToo)).isEqualTo(FOUND);
        assertThat(begun).hasSize(THREADS + 1).contains("kept.test").doesNotContain("left.test");
    }

    @Test
    void noMoreThanAFewWaitAndWhoLeavesMakesRoom() throws Exception {
        occupyAllThreads();
        List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            waiting.add(ask("waiting" + i + ".test"));
        }

        assertThat(failure(ask("more.test")))
                .isInstanceOfSatisfying(
                        LookupFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(LookupFailure.Reason.TOO_MANY));
        var joined = ask("waiting5.test");
        var joinedRunning = ask("slow3.test");
        waiting.removeFirst().cancel(true);
        var next = ask("next.test");
        silence.countDown();

        for (var one : waiting) {
            assertThat(outcome(one)).isEqualTo(FOUND);
        }
        assertThat(outcome(joined)).isEqualTo(FOUND);
        assertThat(outcome(joinedRunning)).isEqualTo(FOUND);
        assertThat(outcome(next)).isEqualTo(FOUND);
        assertThat(begun)
                .hasSize(THREADS + MOST_WAITING)
                .doesNotHaveDuplicates()
                .doesNotContain("more.test", "waiting0.test");
    }

    @Test
    void whoHasLeftARunningLookUpHoldsNobodyElseUp() throws Exception {
        List<CompletableFuture<List<InetAddress>>> gone = occupyAllThreads();
        gone.forEach(one -> one.cancel(true));
        var again = ask("slow0.test");
        silence.countDown();

        assertThat(outcome(again)).isEqualTo(FOUND);
        assertThat(begun).hasSize(THREADS);
    }

    @Test
    void answerArrivesOnTheContextOfWhoAsks() throws Exception {
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Context> seen = new CompletableFuture<>();

        context.runOnContext(_ -> resolver.resolve("quick.test")
                .subscribe()
                .with(_ -> seen.complete(Vertx.currentContext()), seen::completeExceptionally));

        assertThat(seen.get(10, TimeUnit.SECONDS)).isSameAs(context);
    }

    @Test
    void nameThatDoesNotExistIsNoTroubleOfOurs() throws Exception {
        failures.put("none.test", "none.test: Name or service not known");
        assertThat(failure(ask("none.test"))).isInstanceOf(UnknownHostException.class);
        failures.put("none.test", "none.test"); // as Java says it again
        assertThat(failure(ask("none.test"))).isInstanceOf(UnknownHostException.class);

        assertThat(logged).isEmpty();
    }

    @Test
    void silentNameServerIsLoggedOnceAndOnceWhenItIsBack() throws Exception {
        failures.put("a.test", "a.test: Temporary failure in name resolution");
        failures.put("b.test", "b.test: Temporary failure in name resolution");
        assertUnanswered("a.test");
        assertUnanswered("b.test");
        assertThat(outcome(ask("known-before.test"))).isEqualTo(FOUND);
        assertThat(logged)
                .containsExactly(
                        "WARN [Articles] Host names cannot be looked up: a.test: Temporary failure in name resolution");

        failures.put("a.test", "a.test: Name or service not known");
        assertThat(failure(ask("a.test"))).isInstanceOf(UnknownHostException.class);
        failures.clear();
        assertThat(outcome(ask("b.test"))).isEqualTo(FOUND);

        assertThat(logged).hasSize(2).last().isEqualTo("INFO [Articles] Host names can be looked up again");
    }

    @Test
    void anyAnswerIsProofWhenTheLastFailureIsLongAgo() throws Exception {
        failures.put("a.test", "a.test: Temporary failure in name resolution");
        assertUnanswered("a.test");
        now = now.plusSeconds(59);
        assertThat(outcome(ask("b.test"))).isEqualTo(FOUND);
        assertThat(logged).hasSize(1);

        now = now.plusSeconds(1);
        assertThat(outcome(ask("b.test"))).isEqualTo(FOUND);
        assertThat(logged).hasSize(2);
    }

    /** Java keeps for ten seconds that there was no address, and forgets why. */
    @Test
    void failureThatJavaSaysAgainIsStillNoFaultOfTheCaller() throws Exception {
        failures.put("a.test", "a.test: Temporary failure in name resolution");
        assertUnanswered("a.test");
        failures.put("a.test", "a.test");
        assertUnanswered("a.test");
        assertUnanswered("a.test");

        failures.put("a.test", "a.test: Name or service not known");
        assertThat(failure(ask("a.test"))).isInstanceOf(UnknownHostException.class);
        failures.put("a.test", "a.test");
        assertThat(failure(ask("a.test"))).isInstanceOf(UnknownHostException.class);
    }

    private List<InetAddress> lookUp(String name) throws UnknownHostException {
        begun.add(name);
        String failure = failures.get(name);
        if (failure != null) {
            throw new UnknownHostException(failure);
        }
        try {
            assertThat(!name.startsWith("slow") || silence.await(30, TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
        return FOUND;
    }

    private List<CompletableFuture<List<InetAddress>>> occupyAllThreads() {
        List<CompletableFuture<List<InetAddress>>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(ask("slow" + i + ".test"));
        }
        await().until(() -> begun.size() == THREADS);
        return running;
    }

    private CompletableFuture<List<InetAddress>> ask(String name) {
        Uni<List<InetAddress>> answer = resolver.resolve(name);
        return answer.subscribeAsCompletionStage();
    }

    private void assertUnanswered(String name) throws Exception {
        assertThat(failure(ask(name)))
                .isInstanceOfSatisfying(
                        LookupFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(LookupFailure.Reason.NO_ANSWER));
    }

    private static List<InetAddress> outcome(CompletableFuture<List<InetAddress>> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(10, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<List<InetAddress>> asked) throws Exception {
        return asked.<Throwable>handle((_, failure) -> failure).get(10, TimeUnit.SECONDS);
    }
}
