package dev.signalbox.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.signalbox.http.Caller;

/**
 * Receipts for which units were given back lately, by whichever engine of this replica: what Redis remembers of them cannot be
 * asked while it is away. Bounded. Any thread may call.
 */
final class ReturnedReceipts {

    private static final int MOST = 10_000;

    private final Cache<Used, Boolean> used =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private record Used(Caller caller, Receipt receipt) {}

    void add(Caller caller, Receipt receipt) {
        used.put(new Used(caller, receipt), true);
    }

    boolean contains(Caller caller, Receipt receipt) {
        return used.getIfPresent(new Used(caller, receipt)) != null;
    }
}
