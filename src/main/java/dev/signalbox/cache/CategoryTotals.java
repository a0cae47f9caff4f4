package dev.signalbox.cache;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often requests to the cache for one category ended how. Each request counts once.
 *
 * @param hits answered with what was kept and fresh
 * @param staleHits answered with what was kept and no longer fresh
 * @param misses answered by a load of their own
 * @param coalesced answered by a load that another request had begun
 * @param errors failed
 */
public record CategoryTotals(long hits, long staleHits, long misses, long coalesced, long errors) {

    /** Nothing counted. */
    public static final CategoryTotals NONE = new CategoryTotals(0, 0, 0, 0, 0);

    // A later version may add numbers behind these.
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})( .*)?");

    /** Both together. */
    public CategoryTotals plus(CategoryTotals other) {
        return new CategoryTotals(
                hits + other.hits,
                staleHits + other.staleHits,
                misses + other.misses,
                coalesced + other.coalesced,
                errors + other.errors);
    }

    /** Answers that needed no load, of all answers; 0 where there were none. */
    public double hitRatio() {
        long kept = hits + staleHits;
        long all = kept + misses + coalesced;
        return all == 0 ? 0 : (double) kept / all;
    }

    /** The numbers in the order of the components, as they are kept in Redis. */
    String text() {
        return hits + " " + staleHits + " " + misses + " " + coalesced + " " + errors;
    }

    /** Reads what {@link #text()} wrote. What is no such text counts as nothing. */
    static CategoryTotals parse(String text) {
        Matcher numbers = TEXT.matcher(text);
        return numbers.matches()
                ? new CategoryTotals(
                        Long.parseLong(numbers.group(1)),
                        Long.parseLong(numbers.group(2)),
                        Long.parseLong(numbers.group(3)),
                        Long.parseLong(numbers.group(4)),
                        Long.parseLong(numbers.group(5)))
                : NONE;
    }
}
