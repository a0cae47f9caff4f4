package dev.signalbox.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds out whether Redis came back empty or older than it was, whether it takes writes, and who else is there.
 *
 * <p>Each heartbeat is one script ({@code heartbeat.lua}) that raises a counter, so that also a restored snapshot is
 * noticed, to the second. Used on one event loop only.
 */
final class LossDetector {

    private static final RedisScript HEARTBEAT = RedisScript.writing("heartbeat.lua");

    /** Snapshots of one server that may still be there. */
    private static final int MOST_LEFT = 16;

    /** Above every tide; a number that Lua can still tell from its neighbours. */
    private static final long ABOVE_ALL = (1L << 53) - 1;

    /** A replica is busy or its Redis slow before it is gone. */
    private static final int MISSED_BEATS = 10;

    private final KeySpace keys;
    private final ServerClock serverClock;
    private final FleetSize fleet;
    private final List<String> touched;
    private final Duration patience;
    private final String replicaAndPatience;
    private final Ticker ticker;
    private final RandomGenerator random;

    private final Deque<String> left = new ArrayDeque<>();
    private String generation = "";
    private long highestTide;

    /**
     * A detector that has seen nothing.
     *
     * @param interval between heartbeats, of this replica and its like
     */
    LossDetector(
            KeySpace keys,
            Duration interval,
            ServerClock serverClock,
            FleetSize fleet,
            ReplicaId replica,
            Ticker ticker,
            RandomGenerator random) {
        this.keys = keys;
        this.serverClock = serverClock;
        this.fleet = fleet;
        this.ticker = ticker;
        this.random = random;
        this.touched = List.of(keys.generation(), keys.tide(), keys.replicas(), keys.restoring(), keys.run());
        this.patience = interval.multipliedBy(MISSED_BEATS);
        this.replicaAndPatience = replica.text() + '|' + patience.toNanos() / 1_000;
    }

    /** Beats once. Fails with the {@link RedisFailure} of a server that serves no reads. */
    Future<Vitals> beat(Lane lane) {
        return ask(lane).compose(vitals -> {
            if (vitals.writesRefused().isPresent() || !left.contains(vitals.generation())) {
                return lane.context().succeededFuture(vitals);
            }
            // The snapshot that the former generation was left for has been restored once more. It is as old as it was
            // then.
            highestTide = ABOVE_ALL;
            return ask(lane);
        });
    }

    private Future<Vitals> ask(Lane lane) {
        long asked = ticker.read();
        ScriptArguments known = ScriptArguments.of(
                generation + '|' + highestTide, ReplicaId.random(random).text() + '|' + replicaAndPatience);
        return lane.run(HEARTBEAT, touched, known)
                .map(reply -> {
                    serverClock.read(Long.parseLong(reply.at(2).text()), asked);
                    fleet.saw(
                            Integer.parseInt(reply.at(3).text()),
                            reply.at(4).text().equals("1"),
                            patience);
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
        become(found);
        highestTide = another ? tide : Math.max(highestTide, tide);
        return new Vitals(found, Optional.empty());
    }

    private void become(String found) {
        if (!generation.isEmpty() && !generation.equals(found)) {
            left.remove(generation);
            left.addLast(generation);
            if (left.size() > MOST_LEFT) {
                left.removeFirst();
            }
        }
        generation = found;
    }

    /** The tide cannot be raised, so only another generation is noticed until writes work again. */
    private Future<Vitals> readOnly(Lane lane, String code) {
        return lane.send(RedisCommand.get(keys.generation())).map(reply -> {
            String found = reply.isNothing() ? "" : reply.text();
            if (!found.equals(generation)) {
                become(found);
                highestTide = 0;
            }
            return new Vitals(found, Optional.of(code));
        });
    }
}
