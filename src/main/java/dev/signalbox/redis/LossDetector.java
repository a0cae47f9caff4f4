package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds out whether Redis came back empty or older than it was, and whether it takes writes.
 *
 * <p>Each heartbeat is one script ({@code heartbeat.lua}) that raises a counter, so that also a restored snapshot is
 * noticed, to the second. Used on one event loop only.
 */
final class LossDetector {

    private static final RedisScript HEARTBEAT = RedisScript.writing("heartbeat.lua");

    private final KeySpace keys;
    private final ServerClock serverClock;
    private final Ticker ticker;
    private final RandomGenerator random;

    private String generation = "";
    private long highestTide;

    LossDetector(KeySpace keys, ServerClock serverClock, Ticker ticker, RandomGenerator random) {
        this.keys = keys;
        this.serverClock = serverClock;
        this.ticker = ticker;
        this.random = random;
    }

    /** Beats once. Fails with the {@link RedisFailure} of a server that serves no reads. */
    Future<Vitals> beat(Lane lane) {
        long asked = ticker.read();
        List<String> known = List.of(generation, Long.toString(highestTide), freshId());
        return lane.run(HEARTBEAT, List.of(keys.generation(), keys.tide()), known)
                .map(reply -> {
                    serverClock.read(Long.parseLong(reply.at(2).text()), asked);
                    return written(
                            reply.at(0).text(), Long.parseLong(reply.at(1).text()));
                })
                .recover(failure ->
                        failure instanceof RedisFailure.Rejected rejected && Refusal.by(rejected) == Refusal.OF_WRITES
                                ? readOnly(lane, rejected.code())
                                : lane.context().failedFuture(failure));
    }

    private Vitals written(String found, long tide) {
        boolean another = !found.equals(generation);
        boolean lost = another && !generation.isEmpty();
        generation = found;
        highestTide = another ? tide : Math.max(highestTide, tide);
        return new Vitals(found, lost, Optional.empty());
    }

    /** The tide cannot be raised, so only another generation is noticed until writes work again. */
    private Future<Vitals> readOnly(Lane lane, String code) {
        return lane.send(RedisCommand.get(keys.generation())).map(reply -> {
            String found = reply.isNothing() ? "" : reply.text();
            boolean lost = !generation.isEmpty() && !found.equals(generation);
            if (!found.equals(generation)) {
                generation = found;
                highestTide = 0;
            }
            return new Vitals(found, lost, Optional.of(code));
        });
    }

    private String freshId() {
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
