package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaPeriod.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What this replica knows of its callers' units. Bounded: under a flood of callers it keeps those that come often, and all
 * that hold something. Any thread may call; what concerns one caller happens one after the other.
 */
final class QuotaLedger {

    private final Cache<Caller, Book> books;
    private final Supplier<String> fields;

    /**
     * An empty one.
     *
     * @param mostCallers of those that hold nothing
     * @param fields random names
     */
    QuotaLedger(long mostCallers, Supplier<String> fields) {
        this.books = Caffeine.newBuilder()
                .maximumWeight(mostCallers)
                .weigher((Caller caller, Book book) -> book.isIdle() ? 1 : 0)
                .build();
        this.fields = fields;
    }

    /** What is known of a caller in some periods. */
    List<QuotaAccount> of(Caller caller, List<Span> spans) {
        Book book = books.getIfPresent(caller);
        return spans.stream()
                .map(span -> book == null ? null : book.accounts.get(span))
                .map(known -> known == null ? QuotaAccount.unknown("") : known)
                .toList();
    }

    /**
     * Changes what is known of a caller in some periods.
     *
     * @param nowMicros what ended before, and holds nothing, is forgotten
     * @param change from the accounts to the new ones, both in the order of the periods
     * @return the new ones
     */
    List<QuotaAccount> change(
            Caller caller, List<Span> spans, long nowMicros, Function<List<QuotaAccount>, List<QuotaAccount>> change) {
        List<QuotaAccount> changed = new ArrayList<>();
        var _ = books.asMap().compute(caller, (same, book) -> {
            Map<Span, QuotaAccount> accounts = book == null ? new HashMap<>() : new HashMap<>(book.accounts);
            accounts.entrySet()
                    .removeIf(entry -> entry.getKey().isOver(nowMicros)
                            && entry.getValue().isIdle()
                            && !spans.contains(entry.getKey()));
            changed.clear();
            changed.addAll(change.apply(spans.stream()
                    .map(span -> accounts.computeIfAbsent(span, one -> QuotaAccount.unknown(fields.get())))
                    .toList()));
            for (int index = 0; index < spans.size(); index++) {
                accounts.put(spans.get(index), changed.get(index));
            }
            return new Book(accounts);
        });
        return List.copyOf(changed);
    }

    /** The same change for each period. */
    List<QuotaAccount> each(
            Caller caller, List<Span> spans, long nowMicros, Function<QuotaAccount, QuotaAccount> change) {
        return change(
                caller,
                spans,
                nowMicros,
                accounts -> accounts.stream().map(change).toList());
    }

    /** Number of callers that are known, once what is too much has been forgotten. */
    long size() {
        books.cleanUp();
        return books.estimatedSize();
    }

    /** The accounts of one caller. */
    private record Book(Map<Span, QuotaAccount> accounts) {

        Book {
            accounts = Map.copyOf(accounts);
        }

        boolean isIdle() {
            return accounts.values().stream().allMatch(QuotaAccount::isIdle);
        }
    }
}
