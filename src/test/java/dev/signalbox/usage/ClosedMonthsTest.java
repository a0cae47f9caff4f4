package dev.signalbox.usage;

import static dev.signalbox.usage.UsageFixture.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.Maximum;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.Merge;
import dev.signalbox.records.RecordKey;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** The number of all threads that were ever made does not depend on how long months are kept. */
class ClosedMonthsTest {

    private static final RecordKey CLOSED = UsageRecords.threadsOfClosedMonths();

    private final MemoryRecords records = new MemoryRecords(() -> 0);
    private final UsageFixture usage = new UsageFixture(records, Instant.parse("2026-03-20T12:00:00Z"));

    @Test
    void monthIsNotedSevenDaysAfterItsEnd() {
        count(3);

        usage.turnTo("2026-04-07T23:59:59Z");
        assertThat(usage.noteClosedMonths()).isTrue();
        assertThat(records.of(CLOSED)).doesNotContainKey("2026-03");

        usage.turnTo("2026-04-08T00:00:00Z");
        assertThat(usage.noteClosedMonths()).isTrue();
        assertThat(records.of(CLOSED)).containsEntry("2026-03", new Maximum(3));
    }

    @Test
    void sumIsTheSameWhoeverNotesItAndHoweverOften() {
        count(3);
        usage.turnTo("2026-04-20T00:00:00Z");
        count(2);
        UsageFixture other = new UsageFixture(records, usage.instant());

        assertThat(usage.figures().threads()).isEqualTo(5);
        for (int i = 0; i < 3; i++) {
            assertThat(usage.noteClosedMonths()).isTrue();
            assertThat(other.noteClosedMonths()).isTrue();
        }

        assertThat(usage.figures().threads()).isEqualTo(5);
        assertThat(records.of(CLOSED)).containsEntry("2026-03", new Maximum(3)).doesNotContainKey("2026-04");
    }

    @Test
    void nothingIsWrittenWhereThereIsNoNews() {
        count(3);
        usage.turnTo("2026-04-20T00:00:00Z");
        assertThat(usage.noteClosedMonths()).isTrue();
        records.asked().clear();

        assertThat(usage.noteClosedMonths()).isTrue();

        assertThat(records.asked()).isEmpty();
    }

    @Test
    void whatArrivesLateIsAdded() {
        count(3);
        usage.turnTo("2026-04-20T00:00:00Z");
        assertThat(usage.noteClosedMonths()).isTrue();
        var _ = records.merge(Merge.of(
                        UsageRecords.threads(YearMonth.parse("2026-03")), "of-a-replica-that-was-away", new Maximum(4)))
                .await()
                .indefinitely();

        assertThat(usage.noteClosedMonths()).isTrue();

        assertThat(usage.figures().threads()).isEqualTo(7);
    }

    @Test
    void monthsThatAreForgottenStayInTheSum() {
        count(3);
        usage.turnTo("2026-05-01T00:00:00Z");
        assertThat(usage.noteClosedMonths()).isTrue();

        usage.turnTo("2028-01-01T00:00:00Z");
        count(1);

        assertThat(usage.figures()).isEqualTo(new UsageFigures.Figures(4, 1, 1, 0, true));
    }

    @Test
    void recordOfAMonthIsKeptAsLongAsItsSumIsAskedFor() {
        YearMonth march = YearMonth.parse("2026-03");

        assertThat(UsageRecords.threads(march).expiresAtSeconds())
                .isEqualTo(Instant.parse("2027-05-01T00:00:00Z").getEpochSecond());
    }

    @Test
    void whatIsNotCompleteIsNotNoted() {
        count(3);
        usage.turnTo("2026-04-20T00:00:00Z");
        records.complete(false);

        assertThat(usage.noteClosedMonths()).isFalse();

        assertThat(records.of(CLOSED)).isEmpty();
    }

    private void count(int threads) {
        usage.count(ANN, threads);
        usage.flush();
    }
}
