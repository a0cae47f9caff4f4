package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.Caller;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The table against a list of all marks that is searched from end to end. */
@PropertyDefaults(tries = 500)
class MarkTablePropertyTest {

    private static final Category ONE = new Category("one");
    private static final Category OTHER = new Category("other");
    private static final List<Caller> CALLERS =
            List.of(Caller.everyone(), Caller.ofCredential("a"), Caller.ofCredential("b"));
    private static final int ENOUGH = 1_000;

    record Made(Mark mark, long place) {}

    @Property
    void tableThatForgetsNothingJudgesAsTheListOfAllMarksDoes(
            @ForAll("marks") @Size(max = 40) List<Made> made,
            @ForAll("keys") EntryKey key,
            @ForAll("tags") @Size(max = 2) List<String> tags,
            @ForAll @LongRange(max = 30) long madeAt) {
        MarkTable<Long> table = tableOf(made, ENOUGH);

        assertThat(table.coarse(key, tags, madeAt).and(table.fine(key, madeAt, madeAt)))
                .isEqualTo(naive(made, key, tags, madeAt));
    }

    @Property
    void tableThatForgetsCoversAtLeastWhatTheListCovers(
            @ForAll("marks") @Size(max = 60) List<Made> made,
            @ForAll @IntRange(min = 1, max = 4) int mostFine,
            @ForAll("keys") EntryKey key,
            @ForAll("tags") @Size(max = 2) List<String> tags,
            @ForAll @LongRange(max = 30) long madeAt) {
        MarkTable<Long> table = tableOf(made, mostFine);

        assertThat(table.coarse(key, tags, madeAt).and(table.fine(key, madeAt, madeAt)))
                .isGreaterThanOrEqualTo(naive(made, key, tags, madeAt));
    }

    @Property
    void fineMarksAreBoundedWhateverIsMade(
            @ForAll("marks") @Size(max = 200) List<Made> made, @ForAll @IntRange(min = 1, max = 5) int mostFine) {
        Places<Long> places = new Places<>(mostFine);

        for (Made each : made) {
            places.raise(each.mark.scope(), each.place);
            assertThat(places.size()).isLessThanOrEqualTo(mostFine);
        }
    }

    @Property
    void whatNoMarkIsAboveIsGood(
            @ForAll("marks") @Size(max = 60) List<Made> made,
            @ForAll @IntRange(min = 1, max = 4) int mostFine,
            @ForAll("keys") EntryKey key) {
        MarkTable<Long> table = tableOf(made, mostFine);
        long highest = made.stream().mapToLong(Made::place).max().orElse(0);

        assertThat(table.coarse(key, null, highest).and(table.fine(key, highest, highest)))
                .isEqualTo(Standing.GOOD);
    }

    @Provide
    Arbitrary<List<Made>> marks() {
        Arbitrary<Long> places = Arbitraries.longs().between(1, 30);
        return Combinators.combine(scopes(), Arbitraries.of(Strength.class), places)
                .as((scope, strength, place) -> new Made(new Mark(scope, strength), place))
                .list();
    }

    @Provide
    Arbitrary<EntryKey> keys() {
        return Combinators.combine(Arbitraries.of(ONE, OTHER), Arbitraries.of(CALLERS), Arbitraries.of("k", "l"))
                .as(EntryKey::new);
    }

    @Provide
    Arbitrary<List<String>> tags() {
        return Arbitraries.of("x", "y", "z").list();
    }

    private Arbitrary<String> scopes() {
        Arbitrary<String> fine = keys().map(key -> key.fineScopes()).flatMap(Arbitraries::of);
        Arbitrary<String> coarse = keys().map(key -> key.coarseScopes()).flatMap(Arbitraries::of);
        Arbitrary<String> tags = Arbitraries.of("tag:x", "tag:y", "tag:z", ScopeNames.ALL_TAGS);
        return Arbitraries.oneOf(fine, coarse, tags);
    }

    private static MarkTable<Long> tableOf(List<Made> made, int mostFine) {
        MarkTable<Long> table = new MarkTable<>(mostFine);
        made.forEach(each -> table.raise(each.mark, each.place));
        return table;
    }

    private static Standing naive(List<Made> made, EntryKey key, List<String> tags, long madeAt) {
        List<String> scopes = new ArrayList<>(key.coarseScopes());
        scopes.addAll(key.fineScopes());
        tags.forEach(tag -> scopes.add(ScopeNames.tag(tag)));
        if (!tags.isEmpty()) {
            scopes.add(ScopeNames.ALL_TAGS);
        }
        return made.stream()
                .filter(each -> each.place > madeAt && scopes.contains(each.mark.scope()))
                .map(each -> each.mark.strength() == Strength.HARD ? Standing.GONE : Standing.OUTDATED)
                .reduce(Standing.GOOD, Standing::and);
    }
}
