package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingMarksTest {

    private static final EntryKey KEY = Entries.keyOfAnn("k");
    private static final Mark MARK = Mark.of(new Scope.OfCaller(Entries.MODELS, Entries.ANN), Strength.HARD);
    private static final Mark TAG = Mark.of(new Scope.OfTag("news"), Strength.SOFT);

    private final PendingMarks pending = new PendingMarks(0);

    @Test
    void markBindsWhatBeganBeforeItAndAllThatComesFromRedis() {
        long before = pending.stamp();
        var _ = pending.add(List.of(MARK));

        assertThat(judged(before)).isEqualTo(Standing.GONE);
        assertThat(judged(PendingMarks.NO_STAMP)).isEqualTo(Standing.GONE);
        assertThat(judged(pending.stamp())).isEqualTo(Standing.GOOD);
    }

    @Test
    void confirmedMarkBindsNoMore() {
        long before = pending.stamp();
        PendingMarks.Batch batch = pending.add(List.of(MARK, TAG));

        pending.confirmed(List.of(MARK), batch.stamp());

        assertThat(judged(before)).isEqualTo(Standing.GOOD);
        assertThat(pending.unsent().marks()).containsExactly(TAG);
    }

    @Test
    void markThatWasMadeAgainMeanwhileStaysAfterTheFirstIsConfirmed() {
        PendingMarks.Batch first = pending.add(List.of(MARK));
        long between = pending.stamp();
        PendingMarks.Batch second = pending.add(List.of(MARK));

        pending.confirmed(first.marks(), first.stamp());
        assertThat(judged(between)).isEqualTo(Standing.GONE);
        assertThat(pending.size()).isEqualTo(1);

        pending.confirmed(second.marks(), second.stamp());
        assertThat(judged(between)).isEqualTo(Standing.GOOD);
        assertThat(pending.size()).isZero();
    }

    @Test
    void markThatIsSentByAnotherWhileItIsBeingMadeDoesNotBindForEver() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                PendingMarks.Batch batch = pending.unsent();
                pending.confirmed(batch.marks(), batch.stamp());
            }
        });

        int rounds = 100_000;
        for (int round = 0; round < rounds; round++) {
            var _ = pending.add(List.of(markOfKey(round)));
        }
        over.set(true);
        sender.join();
        PendingMarks.Batch rest = pending.unsent();
        pending.confirmed(rest.marks(), rest.stamp());

        assertThat(pending.size()).isZero();
        var _ = pending.add(List.of(TAG));
        assertThat(IntStream.range(0, rounds)
                        .mapToObj(round -> Entries.keyOfAnn("k" + round))
                        .filter(key -> pending.judge(key, List.of("other"), PendingMarks.NO_STAMP) == Standing.GONE))
                .isEmpty();
    }

    @Test
    void judgementFromBeforeTheFirstMarkIsNotKeptBehindIt() {
        // As the memory of the cache does: judged anew only where something has changed.
        AtomicLong judgedAt = new AtomicLong(-1);
        AtomicReference<Standing> kept = new AtomicReference<>(Standing.GOOD);
        AtomicBoolean over = new AtomicBoolean();
        Runnable look = () -> {
            long changes = pending.changes();
            if (judgedAt.get() != changes) {
                kept.set(judged(PendingMarks.NO_STAMP));
                judgedAt.set(changes);
            }
        };
        AtomicInteger round = new AtomicInteger();
        AtomicInteger looked = new AtomicInteger();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                int now = round.get();
                look.run();
                looked.set(now);
            }
        });

        try {
            for (int number = 1; number <= 5_000; number++) {
                PendingMarks.Batch batch = pending.add(List.of(MARK));
                round.set(number);
                while (looked.get() < number) {
                    Thread.onSpinWait();
                }
                assertThat(kept.get()).as("round %d", number).isEqualTo(Standing.GONE);
                pending.confirmed(batch.marks(), batch.stamp());
            }
        } finally {
            over.set(true);
        }
        reader.join();
    }

    private static Mark markOfKey(int number) {
        return Mark.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k" + number), Strength.HARD);
    }

    @Test
    void batchOfWhatIsUnsentConfirmsWhatItHolds() {
        var _ = pending.add(List.of(MARK));
        var _ = pending.add(List.of(TAG));
        PendingMarks.Batch batch = pending.unsent();
        var _ = pending.add(List.of(TAG));

        pending.confirmed(batch.marks(), batch.stamp());

        assertThat(pending.unsent().marks()).containsExactly(TAG);
    }

    @Test
    void everyChangeShowsInTheNumberOfChanges() {
        long before = pending.changes();
        PendingMarks.Batch batch = pending.add(List.of(MARK));
        long added = pending.changes();
        pending.confirmed(batch.marks(), batch.stamp());

        assertThat(added).isGreaterThan(before);
        assertThat(pending.changes()).isGreaterThan(added);
    }

    @Test
    void manyMarksOfALongOutageFoldIntoTheirCategory() {
        long before = pending.stamp();
        List<Mark> many = new ArrayList<>(IntStream.range(0, 2 * PendingMarks.MOST)
                .mapToObj(key -> Mark.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k" + key), Strength.HARD))
                .toList());
        many.add(TAG);

        for (Mark mark : many) {
            var _ = pending.add(List.of(mark));
        }

        assertThat(pending.size()).isEqualTo(PendingMarks.MOST + 2);
        assertThat(Set.copyOf(pending.unsent().marks()))
                .contains(new Mark("category:models", Strength.HARD), new Mark(ScopeNames.ALL_TAGS, Strength.SOFT));
        assertThat(pending.judge(Entries.keyOfAnn("k" + (2 * PendingMarks.MOST - 1)), List.of(), before))
                .isEqualTo(Standing.GONE);

        PendingMarks.Batch all = pending.unsent();
        pending.confirmed(all.marks(), all.stamp());
        assertThat(pending.size()).isZero();
    }

    @Test
    void foldedMarkIsWhatHasToBeSentAndConfirmed() {
        for (int key = 0; key < PendingMarks.MOST; key++) {
            Scope scope = Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k" + key);
            var _ = pending.add(List.of(Mark.of(scope, Strength.HARD)));
        }

        PendingMarks.Batch batch = pending.add(List.of(MARK));

        assertThat(batch.marks()).containsExactly(new Mark("category:models", Strength.HARD));
        pending.confirmed(batch.marks(), batch.stamp());
        assertThat(pending.size()).isEqualTo(PendingMarks.MOST);
    }

    private Standing judged(long stamp) {
        return pending.judge(KEY, List.of("other"), stamp);
    }
}
