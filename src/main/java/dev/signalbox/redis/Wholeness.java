package dev.signalbox.redis;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Whether what is not in Redis may be taken for absent. Any thread may call. */
public final class Wholeness {

    private static final RedisScript RESTORE = RedisScript.writing("restore.lua");
    private static final RedisScript RESTORED = RedisScript.writing("restored.lua");

    private final RedisLink link;
    private final KeySpace keys;
    private final FleetSize fleet;
    private final ReplicaId replica;
    private final RandomGenerator random;

    /** Of the data behind a link. */
    public Wholeness(RedisLink link, KeySpace keys, FleetSize fleet, ReplicaId replica, RandomGenerator random) {
        this.link = link;
        this.keys = keys;
        this.fleet = fleet;
        this.replica = replica;
        this.random = random;
    }

    /**
     * Asks whether Redis holds the data that this replica knows, and nobody has still to write anything back into it. To be
     * asked after what was not found, on the same context: then Redis answers in this order, and had not lost it before.
     *
     * @return never fails: false where Redis does not answer
     */
    public Uni<Boolean> isWhole() {
        return wholeRun().map(Optional::isPresent);
    }

    /** As {@link #isWhole}, with the {@link #run} that is so; empty if it is not. */
    public Uni<Optional<String>> wholeRun() {
        return link.send(RedisCommand.mget(List.of(keys.generation(), keys.restoring(), keys.run())))
                .map(found -> !found.at(0).isNothing()
                                && found.at(0).text().equals(link.status().generation())
                                && found.at(1).isNothing()
                        ? Optional.of(runOf(found.at(0).text(), found.at(2)))
                        : Optional.<String>empty())
                .onFailure(RedisFailure.class)
                .recoverWithItem(Optional.empty());
    }

    /**
     * Which run of which data Redis is in: the same answer later means that it was never restarted in between.
     *
     * @return fails with a {@link RedisFailure}
     */
    public Uni<String> run() {
        return link.send(RedisCommand.get(keys.run()))
                .map(run -> runOf(link.status().generation(), run));
    }

    private static String runOf(String generation, Reply run) {
        return generation + '|' + (run.isNothing() ? "" : run.text());
    }

    /**
     * Says that this replica has something to write back: until everybody has written back what they hold, or for half a
     * minute after this was last said, what is not there need not be absent.
     *
     * @return fails with a {@link RedisFailure}
     */
    public Uni<Void> lost() {
        return link.run(
                        RESTORE,
                        List.of(keys.restoring(), keys.restored()),
                        List.of(
                                link.status().generation(),
                                ReplicaId.random(random).text(),
                                replica.text()))
                .replaceWithVoid();
    }

    /**
     * Says that this replica has sent again all that Redis may have lost.
     *
     * @param generation into which it did
     * @return whether nobody else is waited for any more; fails with a {@link RedisFailure}
     */
    public Uni<Boolean> restored(String generation) {
        return link.run(
                        RESTORED,
                        List.of(keys.restoring(), keys.replicas(), keys.restored()),
                        List.of(generation, replica.text(), Integer.toString(fleet.lately())))
                .map(reply -> reply.number() == 1);
    }
}
