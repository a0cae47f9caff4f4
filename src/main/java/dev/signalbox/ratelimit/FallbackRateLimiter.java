package dev.signalbox.ratelimit;

import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks Redis while it takes writes, and this replica's memory otherwise. A reply that does not come in time is answered from
 * memory too: where Redis had counted the claim, its caller is charged once more.
 */
final class FallbackRateLimiter implements RateLimiter {

    /** More at once would hold up everybody else's commands, up to their deadline; so the parts go one after the other. */
    static final int MOST_CLAIMS_AT_ONCE = 100;

    private final RedisLink link;
    private final RateLimiter redis;
    private final RateLimiter local;

    FallbackRateLimiter(RedisLink link, RateLimiter redis, RateLimiter local) {
        this.link = link;
        this.redis = redis;
        this.local = local;
    }

    @Override
    public Uni<List<Decision>> decide(List<Claim> claims) {
        if (claims.size() <= MOST_CLAIMS_AT_ONCE) {
            return decideAtOnce(claims);
        }
        List<List<Claim>> parts = new ArrayList<>();
        for (int from = 0; from < claims.size(); from += MOST_CLAIMS_AT_ONCE) {
            parts.add(claims.subList(from, Math.min(claims.size(), from + MOST_CLAIMS_AT_ONCE)));
        }
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(this::decideAtOnce)
                .onItem()
                .<Decision>disjoint()
                .collect()
                .asList();
    }

    private Uni<List<Decision>> decideAtOnce(List<Claim> claims) {
        return Uni.createFrom()
                .deferred(() -> link.status().writable()
                        ? redis.decide(claims).onFailure(RedisFailure.class).recoverWithUni(() -> local.decide(claims))
                        : local.decide(claims));
    }
}
