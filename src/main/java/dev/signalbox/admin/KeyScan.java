package dev.signalbox.admin;

import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds keys by their names, in at most {@value #MOST_STEPS} short steps whatever the size of the database. */
@Singleton
final class KeyScan {

    private static final int MOST_STEPS = 10;
    private static final int KEYS_A_STEP = 1_000;
    private static final String END = "0";

    private final RedisLink link;

    KeyScan(RedisLink link) {
        this.link = link;
    }

    /** What matches; fails as the link does. */
    Uni<KeyListing> list(KeyPattern pattern) {
        return Uni.createFrom().deferred(() -> walk(pattern, END, 1, new LinkedHashSet<>()));
    }

    private Uni<KeyListing> walk(KeyPattern pattern, String cursor, int step, Set<String> found) {
        return link.send(RedisCommand.scan(cursor, pattern.glob(), KEYS_A_STEP)).chain(reply -> {
            reply.at(1).items().stream().map(Reply::text).forEach(found::add);
            String next = reply.at(0).text();
            if (next.equals(END)) {
                return Uni.createFrom().item(KeyListing.complete(List.copyOf(found)));
            }
            return step == MOST_STEPS ? estimate(found) : walk(pattern, next, step + 1, found);
        });
    }

    private Uni<KeyListing> estimate(Set<String> found) {
        return link.send(RedisCommand.dbSize())
                .map(all -> KeyListing.partial(List.copyOf(found), (long) MOST_STEPS * KEYS_A_STEP, all.number()));
    }
}
