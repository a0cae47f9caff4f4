package dev.signalbox.cache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The highest place of each of a bounded number of scopes. Of those that had to be forgotten, the highest of all is known: the
 * floor. Any thread may call.
 */
final class Places<P extends Comparable<? super P>> {

    private final Map<String, P> byScope = new ConcurrentHashMap<>();

    /** Where the number is bounded: each scope once, but for what is being added or forgotten, roughly the longest unchanged first. */
    private final ConcurrentLinkedQueue<Raised<P>> oldest = new ConcurrentLinkedQueue<>();

    private final AtomicReference<@Nullable P> floor = new AtomicReference<>();
    private final int most;

    Places(int most) {
        this.most = most;
    }

    @Nullable
    P get(String scope) {
        return byScope.get(scope);
    }

    /** Whether no scope has a place, and none was forgotten. */
    boolean isEmpty() {
        return byScope.isEmpty() && floor.get() == null;
    }

    /** The highest place of any of the scopes, or of those that were forgotten; null for none. */
    @Nullable
    P newest(List<String> scopes) {
        P newest = known(scopes);
        // Last: what is forgotten meanwhile has lifted it.
        return MarkTable.higher(newest, floor.get());
    }

    /** The highest place of any of the scopes, as far as it was not forgotten; null for none. */
    @Nullable
    P known(List<String> scopes) {
        P newest = null;
        for (String scope : scopes) {
            newest = MarkTable.higher(newest, byScope.get(scope));
        }
        return newest;
    }

    /** Below this, scopes may have been forgotten; null where none was. */
    @Nullable
    P floor() {
        return floor.get();
    }

    int size() {
        return byScope.size();
    }

    void raise(String scope, P place) {
        P known;
        do {
            known = byScope.putIfAbsent(scope, place);
            // Null again where it was forgotten in between.
        } while (known != null && byScope.computeIfPresent(scope, (_, old) -> MarkTable.higher(old, place)) == null);
        if (isBounded()) {
            if (known == null) {
                // Not before it is in the map: whoever forgets would take it for one that is gone, and it would stay
                // for ever.
                oldest.add(new Raised<>(scope, place));
            }
            forget();
        }
    }

    void raiseFloor(P place) {
        floor.accumulateAndGet(place, MarkTable::higher);
    }

    /** Removes a scope that is still at this place, where the number of scopes is not bounded. */
    void remove(String scope, P place) {
        byScope.remove(scope, place);
    }

    /** Removes those of some scopes that are not above a place. */
    void removeUpTo(Predicate<String> scopes, P place) {
        byScope.entrySet()
                .removeIf(
                        known -> scopes.test(known.getKey()) && known.getValue().compareTo(place) <= 0);
    }

    private boolean isBounded() {
        return most < Integer.MAX_VALUE;
    }

    private void forget() {
        while (byScope.size() > most) {
            Raised<P> eldest = oldest.poll();
            P place = eldest == null ? null : byScope.get(eldest.scope);
            if (eldest == null) {
                return;
            }
            if (place != null && !place.equals(eldest.place)) {
                // Raised since it was queued: forgetting it now would lift the floor over much that is good.
                oldest.add(new Raised<>(eldest.scope, place));
            } else if (place != null) {
                // First: whoever looks in between must find one of the two.
                raiseFloor(place);
                if (!byScope.remove(eldest.scope, place)) {
                    oldest.add(eldest);
                }
            }
        }
    }

    private record Raised<P>(String scope, P place) {}
}
