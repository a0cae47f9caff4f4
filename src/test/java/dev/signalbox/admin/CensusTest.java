package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.Category;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Caller;
import dev.signalbox.redis.KeySpace;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CensusTest {

    private static final Category MODELS = new Category("models");
    private static final Category USER = new Category("user");
    private static final KeySpace KEYS = new KeySpace("app");
    private static final String MODEL = KEYS.cacheEntry(1, "models", "-", "d1");
    private static final String OTHER_MODEL = KEYS.cacheEntry(2, "models", "-", "d2");
    private static final String PROFILE = KEYS.cacheEntry(1, "user", "c1", "d3");
    private static final String LIMIT = "app:limit:x";

    @Test
    void aDatabaseThatWasSeenWholeIsCountedExactly() {
        Census census = Census.of(
                5, List.of(MODEL, MODEL, MODEL, OTHER_MODEL, PROFILE, LIMIT, "other:cache:v1:models:x"), KEYS);

        assertThat(census.cacheEntries()).isEqualTo(3);
        assertThat(census.entriesOf(MODELS)).isEqualTo(2);
        assertThat(census.entriesOf(USER)).isEqualTo(1);
        assertThat(census.limitEntries()).isEqualTo(1);
    }

    @Test
    void aLargeOneIsEstimatedFromItsShares() {
        List<String> sample = Stream.of(
                        Collections.nCopies(60, MODEL), Collections.nCopies(20, PROFILE), Collections.nCopies(20, "x"))
                .flatMap(List::stream)
                .toList();

        Census census = Census.of(1_000_000, sample, KEYS);

        assertThat(census.entriesOf(MODELS)).isEqualTo(600_000);
        assertThat(census.cacheEntries()).isEqualTo(800_000);
        assertThat(census.limitEntries()).isZero();
    }

    @Test
    void anEmptyOneHasNothing() {
        assertThat(Census.of(0, List.of(), KEYS).cacheEntries()).isZero();
    }

    @Test
    void whatScopesCoverIsSummedWhereItCanBeTold() {
        Census census = Census.of(3, List.of(MODEL, OTHER_MODEL, PROFILE), KEYS);

        assertThat(census.covered(Set.of(new Scope.Everything()))).hasValue(3);
        assertThat(census.covered(Set.of(new Scope.OfCategory(MODELS), new Scope.OfTag("t"))))
                .hasValue(2);
        assertThat(census.covered(Set.of(new Scope.OfTag("t")))).isEmpty();
        assertThat(census.covered(Set.of(new Scope.OfCaller(USER, Caller.ofCredential("x")))))
                .isEmpty();
    }
}
