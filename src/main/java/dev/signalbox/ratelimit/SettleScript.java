package dev.signalbox.ratelimit;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.KeptBills.Item;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Calls {@code settle.lua}: charges one caller what one process has allowed it. May be repeated. */
final class SettleScript {

    private static final RedisScript SCRIPT = RedisScript.writing("settle.lua");

    private final RedisLink link;
    private final KeySpace keys;
    private final RedisRateLimiter.Time time;

    SettleScript(RedisLink link, KeySpace keys, RedisRateLimiter.Time time) {
        this.link = link;
        this.keys = keys;
        this.time = time;
    }

    /**
     * Charges; gives the number of items that changed something, and fails with a {@link RedisFailure}.
     *
     * @param epoch of the process that allowed it
     */
    Uni<Long> charge(Caller caller, String epoch, List<Item> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        List<String> touched = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of(time.argument().get(), epoch));
        for (Item item : items) {
            touched.add(keys.limit(caller.id(), item.limit()));
            touched.add(keys.limitSettlements(caller.id(), item.limit()));
            arguments.add(item.charge().kind());
            arguments.addAll(item.charge().numbers());
        }
        return link.run(SCRIPT, touched, arguments).map(Reply::number);
    }
}
