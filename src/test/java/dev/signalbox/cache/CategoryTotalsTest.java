package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.CachedAnswer.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryTotalsTest {

    @Test
    void whatIsWrittenIsRead() {
        CategoryTotals totals = new CategoryTotals(1_250, 3, 50, 7, 2);

        assertThat(totals.text()).isEqualTo("1250 3 50 7 2");
        assertThat(CategoryTotals.parse(totals.text())).isEqualTo(totals);
        assertThat(CategoryTotals.parse(totals.text() + " 9"))
                .as("of a later version")
                .isEqualTo(totals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2 3 4", "a b c d e", "-1 0 0 0 0", "1 2 3 4 9999999999999999999", "1,2,3,4,5"})
    void whatIsNoneCountsAsNothing(String text) {
        assertThat(CategoryTotals.parse(text)).isEqualTo(CategoryTotals.NONE);
    }

    @Test
    void totalsAddUp() {
        assertThat(new CategoryTotals(1, 2, 3, 4, 5).plus(new CategoryTotals(10, 20, 30, 40, 50)))
                .isEqualTo(new CategoryTotals(11, 22, 33, 44, 55));
    }

    @Test
    void hitRatioIsOfWhatWasAnswered() {
        assertThat(CategoryTotals.NONE.hitRatio()).isZero();
        assertThat(new CategoryTotals(2, 1, 2, 1, 94).hitRatio()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"L1,HIT", "L2,HIT", "LOADED,MISS", "COALESCED,COALESCED"})
    void outcomeIsWhatTheHeadersTell(Source source, CacheOutcome outcome) {
        assertThat(CacheOutcome.of(
                        new CachedAnswer(Bodies.text("x"), source, false, Duration.ZERO, Duration.ofMinutes(1))))
                .isEqualTo(outcome);
    }

    @Test
    void noAnswerIsAnError() {
        assertThat(CacheOutcome.of(null)).isEqualTo(CacheOutcome.ERROR);
    }
}
