package dev.signalbox.usage;

import dev.signalbox.records.Maximum;
import dev.signalbox.records.Merge;
import dev.signalbox.records.Reading;
import dev.signalbox.records.Records;
import dev.signalbox.records.Value;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lifetime totals: records of months are not kept for ever, so the sum of each is noted once it changes no more. Any replica
 * may note it, any number of times: of two sums of one month the greater counts.
 */
@Singleton
final class ClosedMonths {

    /** As long as a replica that was cut off may still bring what it had counted. */
    private static final Duration SETTLING = Duration.ofDays(7);

    private final Records records;
    private final InstantSource clock;

    ClosedMonths(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * A sum, as far as it is known.
     *
     * @param isComplete whether there is no more
     */
    record Sum(long number, boolean isComplete) {

        private static Sum of(Reading reading) {
            return new Sum(reading.sum(), reading.isComplete());
        }

        private Sum plus(Sum other) {
            return new Sum(number + other.number, isComplete && other.isComplete);
        }
    }

    /** All threads that were ever made. Never fails because of Redis. */
    Uni<Sum> everything() {
        return records.read(UsageRecords.threadsOfClosedMonths())
                .chain(closed -> sums(months().stream()
                                .filter(month -> !closed.values().containsKey(month.toString()))
                                .toList())
                        .map(open -> open.values().stream().reduce(Sum.of(closed), Sum::plus)));
    }

    /**
     * Notes the sums of months that are over.
     *
     * @return whether all of them were known; fails with a problem if they cannot be kept
     */
    Uni<Boolean> note() {
        return records.read(UsageRecords.threadsOfClosedMonths())
                .chain(closed ->
                        sums(months().stream().filter(this::isSettled).toList()).chain(sums -> note(closed, sums)));
    }

    private Uni<Boolean> note(Reading closed, Map<YearMonth, Sum> sums) {
        boolean allKnown = closed.isComplete() && sums.values().stream().allMatch(Sum::isComplete);
        Map<String, Value> news = new HashMap<>();
        sums.forEach((month, sum) -> {
            Maximum value = new Maximum(sum.number);
            if (sum.isComplete && isNews(closed.values().get(month.toString()), value)) {
                news.put(month.toString(), value);
            }
        });
        return news.isEmpty()
                ? Uni.createFrom().item(allKnown)
                : records.merge(new Merge(UsageRecords.threadsOfClosedMonths(), news))
                        .replaceWith(allKnown);
    }

    private static boolean isNews(@Nullable Value noted, Maximum sum) {
        return !(noted instanceof Maximum(long number)) || number < sum.number();
    }

    private Uni<Map<YearMonth, Sum>> sums(List<YearMonth> months) {
        if (months.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Uni.join()
                .all(months.stream()
                        .map(month -> records.read(UsageRecords.threads(month))
                                .map(reading -> Map.entry(month, Sum.of(reading))))
                        .toList())
                .andFailFast()
                .map(all -> all.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Those of which there are records, the one under way included. */
    private List<YearMonth> months() {
        YearMonth now = YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        return IntStream.range(0, UsageRecords.MONTHS_KEPT)
                .mapToObj(now::minusMonths)
                .toList();
    }

    private boolean isSettled(YearMonth month) {
        Instant end = UsageRecords.startOf(month.plusMonths(1).atDay(1));
        return !clock.instant().isBefore(end.plus(SETTLING));
    }
}
