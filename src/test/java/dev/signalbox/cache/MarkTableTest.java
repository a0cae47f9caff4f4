package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkTableTest {

    private static final int MOST_FINE = 3;
    private static final EntryKey KEY = Entries.keyOfAnn("k");
    private static final Mark HARD_KEY = Mark.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k"), Strength.HARD);
    private static final Mark SOFT_KEY = Mark.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k"), Strength.SOFT);
    private static final Mark HARD_CATEGORY = Mark.of(new Scope.OfCategory(Entries.MODELS), Strength.HARD);
    private static final Mark SOFT_CATEGORY = Mark.of(new Scope.OfCategory(Entries.MODELS), Strength.SOFT);

    private final MarkTable<Long> table = new MarkTable<>(MOST_FINE);

    @Test
    void markCoversWhatWasMadeBelowItAndNothingElse() {
        table.raise(HARD_CATEGORY, 5L);

        assertThat(coarse(4)).isEqualTo(Standing.GONE);
        assertThat(coarse(5)).isEqualTo(Standing.GOOD);
        assertThat(table.coarse(new EntryKey(new Category("other"), Entries.ANN, "k"), List.of(), 4L))
                .isEqualTo(Standing.GOOD);
    }

    @Test
    void softMarkAfterAHardOneLeavesTheHardOne() {
        table.raise(HARD_CATEGORY, 5L);
        table.raise(SOFT_CATEGORY, 7L);

        assertThat(List.of(coarse(4), coarse(6), coarse(7)))
                .containsExactly(Standing.GONE, Standing.OUTDATED, Standing.GOOD);
    }

    @Test
    void hardMarkAfterASoftOneWins() {
        table.raise(SOFT_CATEGORY, 5L);
        table.raise(HARD_CATEGORY, 7L);

        assertThat(List.of(coarse(4), coarse(6), coarse(7)))
                .containsExactly(Standing.GONE, Standing.GONE, Standing.GOOD);
    }

    @Test
    void lowerPlaceThatArrivesLateChangesNothing() {
        table.raise(HARD_CATEGORY, 5L);
        table.raise(HARD_CATEGORY, 3L);

        assertThat(coarse(4)).isEqualTo(Standing.GONE);
    }

    @Test
    void everyChangeShowsInTheNumberOfChanges() {
        long before = table.changes();
        table.raise(HARD_CATEGORY, 5L);
        long raised = table.changes();
        table.missedFineMarksUpTo(6L);

        assertThat(raised).isGreaterThan(before);
        assertThat(table.changes()).isGreaterThan(raised);
    }

    @Test
    void forgottenFineMarksStillCoverAllThatIsOlder() {
        table.raise(HARD_KEY, 1L);
        for (int other = 2; other <= 2 + MOST_FINE; other++) {
            table.raise(new Mark("key:models:-:" + other, Strength.HARD), (long) other);
        }

        assertThat(table.size()).isEqualTo(MOST_FINE);
        assertThat(table.fine(KEY, 0L, 0L)).isEqualTo(Standing.GONE);
        assertThat(table.fine(Entries.key("any"), 1L, 1L)).as("below the floor").isEqualTo(Standing.GONE);
        assertThat(table.fine(Entries.key("any"), 2L, 2L)).as("at the floor").isEqualTo(Standing.GOOD);
    }

    @Test
    void markThatIsMadeAgainAndAgainIsNotForgottenForWhatWasMadeOnce() {
        table.raise(HARD_KEY, 1L);
        table.raise(new Mark("key:models:-:once", Strength.HARD), 2L);
        table.raise(HARD_KEY, 90L);
        table.raise(new Mark("key:models:-:third", Strength.HARD), 91L);
        table.raise(new Mark("key:models:-:fourth", Strength.HARD), 92L);

        assertThat(table.fine(Entries.key("any"), 50L, 50L)).isEqualTo(Standing.GOOD);
        assertThat(table.fine(KEY, 50L, 50L)).isEqualTo(Standing.GONE);
    }

    @Test
    void hardFineMarkIsJudgedByWhatWasVerifiedAndASoftOneByWhenTheEntryWasMade() {
        table.raise(SOFT_KEY, 5L);
        assertThat(table.fine(KEY, 9L, 4L)).as("verified after the mark").isEqualTo(Standing.OUTDATED);
        assertThat(table.fine(KEY, 9L, 5L)).isEqualTo(Standing.GOOD);

        table.raise(HARD_KEY, 7L);
        assertThat(table.fine(KEY, 9L, 6L)).isEqualTo(Standing.GOOD);
        assertThat(table.fine(KEY, 6L, 6L)).isEqualTo(Standing.GONE);
    }

    @ParameterizedTest
    @EnumSource(Strength.class)
    void markOnAnyTagCoversALoadWhoseTagsAreNotKnown(Strength strength) {
        table.raise(new Mark("tag:news", strength), 5L);
        Standing covered = strength == Strength.HARD ? Standing.GONE : Standing.OUTDATED;

        assertThat(table.coarse(KEY, List.of("news"), 4L)).isEqualTo(covered);
        assertThat(table.coarse(KEY, List.of("other"), 4L)).isEqualTo(Standing.GOOD);
        assertThat(table.coarse(KEY, null, 4L)).isNotEqualTo(Standing.GOOD);
    }

    @Test
    void markOnAllTagsCoversWhatHasATagAndLetsTheSingleOnesGo() {
        IntStream.range(0, 100).forEach(tag -> table.raise(new Mark("tag:" + tag, Strength.HARD), (long) tag));
        table.raise(new Mark("tag:late", Strength.HARD), 200L);

        table.raise(new Mark(ScopeNames.ALL_TAGS, Strength.HARD), 150L);

        assertThat(table.size()).as("all tags, and the one above").isEqualTo(2);
        assertThat(table.coarse(KEY, List.of("7"), 149L)).isEqualTo(Standing.GONE);
        assertThat(table.coarse(KEY, List.of("7"), 150L)).isEqualTo(Standing.GOOD);
        assertThat(table.coarse(KEY, List.of("late"), 150L)).isEqualTo(Standing.GONE);
        assertThat(table.coarse(KEY, List.of(), 1L)).as("without tags").isEqualTo(Standing.GOOD);
    }

    @Test
    void newestHardMarkIsTheOneThatALoadHasToBeginAfter() {
        assertThat(table.newestHard(KEY)).isNull();
        table.raise(SOFT_CATEGORY, 9L);
        assertThat(table.newestHard(KEY)).isNull();
        table.raise(HARD_CATEGORY, 5L);
        table.raise(HARD_KEY, 7L);
        table.raise(new Mark("tag:any", Strength.HARD), 6L);

        assertThat(table.newestHard(KEY)).isEqualTo(7L);
        assertThat(table.newestHard(Entries.key("other"))).isEqualTo(6L);
    }

    private Standing coarse(long madeAt) {
        return table.coarse(KEY, List.of(), madeAt);
    }

    @Test
    void tableStaysBoundedAfterAMillionFineMarksAndKnowsWhatItForgot() {
        int most = 20_000;
        MarkTable<Long> full = new MarkTable<>(most);
        full.raise(HARD_KEY, 1L);
        for (long other = 2; other <= 1_000_000; other++) {
            full.raise(new Mark("caller:own:" + other, Strength.HARD), other);
        }

        assertThat(full.size()).isEqualTo(most);
        assertThat(full.fine(KEY, 0L, 0L)).isEqualTo(Standing.GONE);
    }
}
