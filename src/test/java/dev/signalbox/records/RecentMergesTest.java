package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.RecentMerges.Acknowledged;
import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.LinkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentMergesTest {

    private static final LinkStatus FIRST = status(1, "g");
    private static final LinkStatus SECOND = status(2, "g");

    private final AtomicLong nanos = new AtomicLong();
    private final RecentMerges recent = new RecentMerges(nanos::get);

    @Test
    void whatTheSameLinkAcknowledgesNeedNotBeSentAgain() {
        recent.add(merge(1), FIRST);

        assertThat(recent.before(FIRST)).isEmpty();
        assertThat(recent.hasAnyBefore(FIRST)).isFalse();
        assertThat(sentAgainAfter(SECOND)).containsExactly(merge(1));
        assertThat(sentAgainAfter(status(1, "other data"))).containsExactly(merge(1));
    }

    @Test
    void minuteIsKept() {
        recent.add(merge(1), FIRST);
        wait(Duration.ofSeconds(30));
        recent.add(merge(2), FIRST);
        wait(Duration.ofSeconds(31));
        recent.add(merge(3), FIRST);

        assertThat(sentAgainAfter(SECOND)).containsExactly(merge(2), merge(3));
        assertThat(recent.forgottenBefore(SECOND).isNothing()).isTrue();
    }

    @Test
    void longOutageMakesNobodyForgetAlsoIfOthersWriteFirst() {
        recent.add(merge(1), FIRST);
        wait(Duration.ofHours(10));
        recent.add(merge(2), SECOND);

        assertThat(sentAgainAfter(SECOND)).containsExactly(merge(1));
    }

    @Test
    void answerThatComesAfterTheRestWasSentAgainIsSentAgainToo() {
        recent.add(merge(1), FIRST);
        sendAgain(SECOND);
        assertThat(recent.hasAnyBefore(SECOND)).isFalse();

        recent.add(merge(2), FIRST);

        assertThat(recent.hasAnyBefore(SECOND)).isTrue();
        assertThat(sentAgainAfter(SECOND)).containsExactly(merge(2));
    }

    @Test
    void whatThereIsNoRoomForIsKnownToBeMissing() {
        for (int number = 0; number <= 20_000; number++) {
            recent.add(merge(number), FIRST);
        }

        assertThat(sentAgainAfter(SECOND)).hasSize(20_000).doesNotContain(merge(0));
        assertThat(recent.forgottenBefore(FIRST).isNothing()).isTrue();
        assertThat(recent.forgottenBefore(SECOND).isNothing()).isFalse();

        for (int number = 0; number <= 20_000; number++) {
            recent.add(merge(number), SECOND);
        }
        assertThat(recent.forgottenBefore(SECOND).isNothing())
                .as("also after more than there is room for")
                .isFalse();

        recent.complete(recent.forgottenBefore(SECOND));
        assertThat(recent.forgottenBefore(SECOND).isNothing()).isTrue();
    }

    @Test
    void whatIsForgottenWhileTheRestIsSentAgainIsStillMissing() {
        recent.addUnremembered(FIRST);
        RecentMerges.Forgotten before = recent.forgottenBefore(SECOND);
        wait(Duration.ofSeconds(1));
        recent.addUnremembered(status(1, "other data"));

        recent.complete(before);

        assertThat(recent.forgottenBefore(status(3, "other data")).isNothing()).isFalse();
        assertThat(recent.forgottenBefore(status(1, "other data")).isNothing()).isTrue();
    }

    @Test
    void whatIsMissingIsNotMissedAfterAMinute() {
        for (int number = 0; number <= 20_000; number++) {
            recent.add(merge(number), FIRST);
        }
        wait(Duration.ofSeconds(61));
        recent.add(merge(1), FIRST);

        assertThat(recent.forgottenBefore(SECOND).isNothing()).isTrue();
        assertThat(sentAgainAfter(SECOND)).containsExactly(merge(1));
    }

    private List<Merge> sentAgainAfter(LinkStatus status) {
        return recent.before(status).stream().map(Acknowledged::merge).toList();
    }

    private void sendAgain(LinkStatus status) {
        recent.before(status).forEach(acknowledged -> {
            recent.add(acknowledged.merge(), status);
            recent.remove(acknowledged);
        });
    }

    private void wait(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Merge merge(int number) {
        return Merge.of(RecordKey.of("ann", "counter", Shape.HASH), "a", new Maximum(number));
    }

    private static LinkStatus status(long epoch, String generation) {
        return new LinkStatus(LinkState.UP, Instant.EPOCH, epoch, generation, Optional.empty(), Optional.empty());
    }
}
