package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many articles are read at once, and who is told to come back. */
class ReadingRoomTest {

    private final ReadingRoom room = new ReadingRoom(4);
    private final List<CompletableFuture<String>> readings = new ArrayList<>();

    @Test
    void halfOfTheSeatsAreForOneHost() {
        var first = read("a");
        var second = read("a");
        assertRefused(read("a"));
        read("b").assertNotTerminated();
        read("b").assertNotTerminated();

        assertRefused(read("c"));
        first.assertNotTerminated();
        second.assertNotTerminated();
    }

    @Test
    void whoeverEndsLeavesTheSeatHoweverItEnds() {
        for (int time = 0; time < 10; time++) {
            var good = read("a");
            readings.getLast().complete("text");
            good.assertItem("text");

            var bad = read("a");
            readings.getLast().completeExceptionally(new IllegalStateException("no"));
            bad.assertFailedWith(IllegalStateException.class, "no");

            var gone = read("a");
            gone.cancel();
        }

        read("a").assertNotTerminated();
        read("a").assertNotTerminated();
        assertRefused(read("a"));
    }

    @Test
    void aSeatIsTakenWhenReadingBeginsAndNotBefore() {
        for (int time = 0; time < 10; time++) {
            var _ = room.admit("a", () -> Uni.createFrom().item("never subscribed to"));
        }

        read("a").assertNotTerminated();
    }

    private static void assertRefused(UniAssertSubscriber<String> reader) {
        assertThat(reader.getFailure()).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(problem.members()).containsEntry("retry_after", 2L);
        });
    }

    private UniAssertSubscriber<String> read(String host) {
        CompletableFuture<String> reading = new CompletableFuture<>();
        readings.add(reading);
        return room.admit(host, () -> Uni.createFrom().completionStage(reading))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
