package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.redis.StreamId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final int ROUNDS = 100_000;
    private static final EntryKey KEY = Entries.keyOfAnn("k");
    private static final Mark CATEGORY = Mark.of(new Scope.OfCategory(Entries.MODELS), Strength.HARD);
    private static final Mark SOFT_KEY = Mark.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k"), Strength.SOFT);

    private final MarkTable<StreamId> marks = new MarkTable<>(10);
    private final PendingMarks pending = new PendingMarks(0);
    private final Judge judge = new Judge(marks, pending);

    @Test
    void thereIsNoMomentBetweenPendingAndConfirmedInWhichAMarkDoesNotBind() {
        Entry old = Entries.at(StreamId.ZERO);
        AtomicReference<Judge> current = new AtomicReference<>(unsent(new MarkTable<>(10), new PendingMarks(0)));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                MarkTable<StreamId> table = new MarkTable<>(10);
                PendingMarks waiting = new PendingMarks(0);
                current.set(unsent(table, waiting));
                PendingMarks.Batch batch = waiting.unsent();
                table.raise(CATEGORY, Entries.id(1));
                waiting.confirmed(batch.marks(), batch.stamp());
            }
            over.set(true);
        });

        while (!over.get()) {
            assertThat(current.get().ofShared(KEY, old)).isEqualTo(Standing.GONE);
            assertThat(current.get().ofLoad(KEY, StreamId.ZERO, PendingMarks.NO_STAMP))
                    .isEqualTo(Standing.GONE);
        }
        sender.join();
    }

    @Test
    void softMarkOnAKeyOutdatesWhatIsInRedisEvenIfItsVersionDoesNotTellYet() {
        marks.raise(SOFT_KEY, Entries.id(5));

        assertThat(judge.ofShared(KEY, Entries.at(Entries.id(4)))).isEqualTo(Standing.OUTDATED);
        assertThat(judge.ofShared(KEY, Entries.at(Entries.id(5)))).isEqualTo(Standing.GOOD);
    }

    @Test
    void softMarkStillOutdatesWhatMemoryTookFromRedisAfterIt() {
        marks.raise(SOFT_KEY, Entries.id(5));
        Kept kept = Kept.ofShared(Entries.at(Entries.id(4)), Entries.id(9), false);

        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.OUTDATED);
    }

    @Test
    void unsentSoftMarkStillOutdatesWhatMemoryTookFromRedisAfterIt() {
        var _ = pending.add(List.of(SOFT_KEY));
        Kept kept = Kept.ofShared(Entries.at(Entries.id(4)), Entries.id(9), false);

        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.OUTDATED);
    }

    @Test
    void softMarkThatOnlyTheVersionTellsOfOutdatesOnceTheLogTellsToo() {
        Kept kept = Kept.ofShared(Entries.at(Entries.id(4)), Entries.id(9), true);
        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.GOOD);

        marks.raise(SOFT_KEY, Entries.id(5));
        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.OUTDATED);
    }

    @Test
    void judgementIsRepeatedWhenAMarkIsMade() {
        Kept kept = new Kept(Entries.at(Entries.id(4)), Entries.id(4), pending.stamp());
        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.GOOD);

        PendingMarks.Batch batch = pending.add(List.of(CATEGORY));
        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.GONE);

        pending.confirmed(batch.marks(), batch.stamp());
        assertThat(kept.standing(KEY, judge)).isEqualTo(Standing.GOOD);
    }

    @Test
    void loadMustHaveBegunAfterEveryHardMark() {
        assertThat(judge.required(KEY)).isEqualTo(StreamId.ZERO);
        marks.raise(CATEGORY, Entries.id(5));
        marks.raise(SOFT_KEY, Entries.id(7));

        assertThat(judge.required(KEY)).isEqualTo(Entries.id(5));
        assertThat(judge.ofLoad(KEY, Entries.id(5), pending.stamp())).isEqualTo(Standing.OUTDATED);
        assertThat(judge.ofLoad(KEY, Entries.id(7), pending.stamp())).isEqualTo(Standing.GOOD);
    }

    private static Judge unsent(MarkTable<StreamId> marks, PendingMarks pending) {
        var _ = pending.add(List.of(CATEGORY));
        return new Judge(marks, pending);
    }
}
