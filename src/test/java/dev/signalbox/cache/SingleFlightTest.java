package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.SingleFlight.Landing;
import dev.signalbox.cache.SingleFlight.Role;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private final SingleFlight<String, String, String> flights = new SingleFlight<>();
    private final AtomicInteger works = new AtomicInteger();
    private final CompletableFuture<String> result = new CompletableFuture<>();

    @Test
    void firstBeginsTheWorkAndOthersJoinIt() {
        CompletableFuture<String> leader = join("k");
        CompletableFuture<String> follower = join("k");
        CompletableFuture<String> another = join("another");

        assertThat(flights.size()).isEqualTo(2);
        result.complete("done");

        assertThat(leader).isCompletedWithValue("done LEADER");
        assertThat(follower).isCompletedWithValue("done FOLLOWER");
        assertThat(another).isCompletedWithValue("done LEADER");
        assertThat(works).hasValue(2);
        assertThat(flights.size()).isZero();
    }

    @Test
    void workThatIsDoneIsForgotten() {
        CompletableFuture<String> first = join("k");
        result.complete("done");
        CompletableFuture<String> second = join("k");

        assertThat(first).isCompletedWithValue("done LEADER");
        assertThat(second).isCompletedWithValue("done LEADER");
        assertThat(works).hasValue(2);
    }

    @Test
    void workThatIsDoneAtOnceLeavesNothingBehind() {
        Uni<String> answer = flights.join(
                "k", "", running -> true, lead -> Uni.createFrom().item(Landing.of("at once")), (value, role) -> value);

        assertThat(answer.await().indefinitely()).isEqualTo("at once");
        assertThat(flights.size()).isZero();
    }

    @Test
    void failureIsTheSameForAllEvenIfItLooksLikeAWrapper() {
        CompletionException fault = new CompletionException(new IllegalStateException("inner"));
        UniAssertSubscriber<String> leader = subscribe("k");
        UniAssertSubscriber<String> follower = subscribe("k");

        result.completeExceptionally(fault);

        assertThat(leader.awaitFailure().getFailure()).isSameAs(fault);
        assertThat(follower.awaitFailure().getFailure()).isSameAs(fault);
        assertThat(flights.size()).isZero();
    }

    @Test
    void errorOfTheWorkEndsTheFlightToo() {
        StackOverflowError fault = new StackOverflowError();

        UniAssertSubscriber<String> leader = flights.<String>join(
                        "k",
                        "",
                        running -> true,
                        lead -> {
                            throw fault;
                        },
                        (value, role) -> value)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        assertThat(leader.awaitFailure().getFailure()).isSameAs(fault);
        assertThat(flights.size()).isZero();
    }

    @Test
    void oneWhoseAnswerCannotBeMadeFailsAlone() {
        CompletableFuture<String> leader = join("k");
        UniAssertSubscriber<String> follower = flights.<String>join(
                        "k", "", running -> true, this::work, (value, role) -> {
                            throw new IllegalStateException("only mine");
                        })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        result.complete("done");

        assertThat(leader).isCompletedWithValue("done LEADER");
        follower.awaitFailure().assertFailedWith(IllegalStateException.class, "only mine");
    }

    @Test
    void workThatSaysAnewWhatIsKnownOfItIsJoinedByThat() {
        CompletableFuture<String> early = flights.join(
                        "k",
                        "before",
                        running -> false,
                        lead -> {
                            lead.restate("since");
                            return work(lead);
                        },
                        (String value, Role role) -> value + " " + role)
                .subscribeAsCompletionStage();
        CompletableFuture<String> late = flights.join(
                        "k", "later", "since"::equals, this::work, (String value, Role role) -> value + " " + role)
                .subscribeAsCompletionStage();

        result.complete("done");

        assertThat(early).isCompletedWithValue("done LEADER");
        assertThat(late).isCompletedWithValue("done FOLLOWER");
    }

    @Test
    void thoseWhoLeaveTakeNobodyWithThem() {
        UniAssertSubscriber<String> leader = subscribe("k");
        UniAssertSubscriber<String> one = subscribe("k");
        UniAssertSubscriber<String> other = subscribe("k");

        leader.cancel();
        one.cancel();
        result.complete("done");

        other.awaitItem().assertItem("done FOLLOWER");
        leader.assertNotTerminated();
        assertThat(works).hasValue(1);
    }

    private CompletableFuture<String> join(String key) {
        return question(key).subscribeAsCompletionStage();
    }

    private UniAssertSubscriber<String> subscribe(String key) {
        return question(key).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Uni<String> question(String key) {
        return flights.join(key, "", running -> true, this::work, (String value, Role role) -> value + " " + role);
    }

    private Uni<Landing<String>> work(SingleFlight.Lead<String> lead) {
        works.incrementAndGet();
        return Uni.createFrom()
                .<String>emitter(emitter -> {
                    var _ = result.whenComplete((value, failure) -> {
                        if (failure == null) {
                            emitter.complete(value);
                        } else {
                            emitter.fail(failure);
                        }
                    });
                })
                .map(Landing::of);
    }
}
