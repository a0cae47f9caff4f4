package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Sha256;
import dev.signalbox.redis.KeySpace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The spelling of marks, which every version of the service reads. */
class MarkTest {

    private static final KeySpace KEYS = new KeySpace("p");

    static Stream<Scope> scopes() {
        return Stream.of(
                new Scope.Everything(),
                new Scope.OfCategory(Entries.MODELS),
                new Scope.OfTag("a:b hard:soft: ü|\n"),
                new Scope.OfCaller(Entries.MODELS, Entries.ANN),
                Scope.OfKey.of(Entries.MODELS, Caller.everyone(), "k"),
                Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void markIsReadAsItWasSpelt(Scope scope) {
        for (Strength strength : Strength.values()) {
            Mark mark = Mark.of(scope, strength);
            assertThat(Mark.read(mark.text())).contains(mark);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hard", "HARD:all", "harder:all", "1", "fence"})
    void whatAnotherVersionWritesIsPassedOver(String text) {
        assertThat(Mark.read(text)).isEmpty();
    }

    @Test
    void spellingIsTheOneOfTheFormat() {
        assertThat(Stream.of(
                                new Scope.Everything(),
                                new Scope.OfCategory(Entries.MODELS),
                                new Scope.OfTag("t"),
                                new Scope.OfCaller(Entries.MODELS, Entries.ANN),
                                Scope.OfKey.of(Entries.MODELS, Caller.everyone(), "k"))
                        .map(scope -> Mark.of(scope, Strength.HARD).text()))
                .containsExactly(
                        "hard:all",
                        "hard:category:models",
                        "hard:tag:t",
                        "hard:caller:models:" + Entries.ANN.id(),
                        "hard:key:models:-:" + Sha256.hex("k"));
    }

    @Test
    void fineScopeIsReadBackFromItsName() {
        String caller = ScopeNames.of(new Scope.OfCaller(Entries.MODELS, Entries.ANN));
        String key = ScopeNames.of(Scope.OfKey.of(Entries.MODELS, Entries.ANN, "k"));

        assertThat(FineScope.read(caller)).isEqualTo(new FineScope(Entries.MODELS, Entries.ANN, Optional.empty()));
        assertThat(FineScope.read(key))
                .isEqualTo(new FineScope(Entries.MODELS, Entries.ANN, Optional.of(Sha256.hex("k"))));
    }

    @Test
    void versionsThatAnInvalidationReplacesAreThoseThatAReadLooksAt() {
        Slot slot = Slot.of(Entries.keyOfAnn("k"), KEYS);
        List<String> ofCaller =
                FineScope.read(ScopeNames.caller(Entries.MODELS, Entries.ANN)).keys(KEYS);
        List<String> ofKey = FineScope.read(ScopeNames.key(Entries.MODELS, Entries.ANN, Sha256.hex("k")))
                .keys(KEYS);

        assertThat(slot.versions()).containsExactly(ofCaller.getFirst(), ofKey.getFirst());
        assertThat(ofKey).endsWith(slot.entry());
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void onlyScopesOfCallersAndKeysAreFine(Scope scope) {
        boolean fine = scope instanceof Scope.OfCaller || scope instanceof Scope.OfKey;

        assertThat(ScopeNames.isFine(ScopeNames.of(scope))).isEqualTo(fine);
    }

    @Test
    void tagThatLooksLikeAFineScopeIsATag() {
        String name = ScopeNames.of(new Scope.OfTag("key:models:-:x"));

        assertThat(ScopeNames.isFine(name)).isFalse();
        assertThat(ScopeNames.isTag(name)).isTrue();
    }

    @Test
    void coarserMarkCoversWhatTheMarkCovered() {
        MarkTable<Long> table = new MarkTable<>(10);
        scopes().filter(scope -> !(scope instanceof Scope.OfTag))
                .map(scope -> Mark.of(scope, Strength.HARD).coarser())
                .forEach(mark -> table.raise(mark, 1L));
        table.raise(Mark.of(new Scope.OfTag("t"), Strength.SOFT).coarser(), 2L);

        assertThat(table.coarse(Entries.keyOfAnn("k"), List.of(), 0L)).isEqualTo(Standing.GONE);
        assertThat(table.coarse(new EntryKey(new Category("other"), Entries.ANN, "k"), List.of("t"), 1L))
                .isEqualTo(Standing.OUTDATED);
        assertThat(table.fine(Entries.keyOfAnn("k"), 0L, 0L)).as("nothing fine").isEqualTo(Standing.GOOD);
    }
}
