package dev.signalbox.cache;

import java.time.Duration;

/**
 * How one category is kept, checked. See {@link CacheConfig.Policy}.
 *
 * @param softTimeout as long as the hard one where none is set
 * @param outageBound as long as an entry can live where none is set
 */
record CategoryPolicy(
        Duration ttl,
        double jitterRatio,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        double earlyRefreshRatio,
        Duration softTimeout,
        Duration hardTimeout,
        Duration failurePause,
        Duration negativeTtl,
        Duration outageBound,
        CacheConfig.Scope scope,
        long maxEntryBytes,
        long l1MaxBytes) {

    boolean isPublic() {
        return scope == CacheConfig.Scope.PUBLIC;
    }

    /** Time after the ttl in which an entry may still be of use. */
    Duration staleWindow() {
        return staleWhileRevalidate.compareTo(staleIfError) > 0 ? staleWhileRevalidate : staleIfError;
    }

    /** The longest that any entry can live, or be on its way into Redis. */
    Duration versionLifetime() {
        return ttl.plus(staleWindow()).multipliedBy(2).plus(hardTimeout);
    }
}
