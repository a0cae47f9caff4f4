package dev.signalbox.drill;

import dev.signalbox.testsupport.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What goes wrong, by a plan that a number decides. */
final class HistoryFaults {

    private final HistoryFleet fleet;
    private final Random random;
    private final List<String> done = new ArrayList<>();

    HistoryFaults(HistoryFleet fleet, long seed) {
        this.fleet = fleet;
        this.random = new Random(seed);
    }

    /** What was done, for the message of a failure. */
    List<String> done() {
        return List.copyOf(done);
    }

    /** Does one thing after the other, on the calling thread, as long as something goes on. */
    void runWhile(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            pause(100 + random.nextInt(400));
            if (goesOn.getAsBoolean()) {
                one();
            }
        }
    }

    private void one() {
        switch (random.nextInt(12)) {
            case 0, 1 -> freezeRedis();
            case 2 -> killRedis();
            case 3 -> emptyRedis();
            case 4, 5 -> onTheWay("resets", FaultProxy::resetAll);
            case 6 -> onTheWay("swallowed replies", FaultProxy::swallowReplies);
            case 7 -> onTheWay("black hole", FaultProxy::blackHole);
            case 8 -> onTheWay("delay", way -> way.delay(Duration.ofMillis(40)));
            case 9 -> onTheWay("half replies", way -> way.resetEveryReply(200));
            case 10 -> onTheWay("refused", FaultProxy::refuse);
            default -> killReplica();
        }
    }

    private void freezeRedis() {
        note("Redis frozen");
        fleet.redis.stop();
        pause(100 + random.nextInt(900));
        fleet.redis.resume();
    }

    /** Without append-only file: what is younger than the last snapshot is gone. */
    private void killRedis() {
        boolean snapshot = random.nextBoolean();
        note(snapshot ? "Redis killed, back from a snapshot" : "Redis killed, back empty");
        if (snapshot) {
            fleet.redis.saveSnapshot();
            pause(random.nextInt(300));
        }
        fleet.redisLoses();
        fleet.redis.kill();
        pause(random.nextInt(800));
        if (snapshot) {
            fleet.redis.restart();
        } else {
            fleet.redis.restartEmpty();
        }
    }

    private void emptyRedis() {
        note("Redis emptied");
        fleet.redisLoses();
        fleet.redis.command("FLUSHALL");
    }

    private void killReplica() {
        int victim = random.nextInt(HistoryFleet.REPLICAS);
        note("replica " + victim + " killed");
        fleet.killReplica(victim);
        pause(random.nextInt(500));
        fleet.replica(victim).restart();
    }

    private interface Trouble {
        void on(FaultProxy way);
    }

    private void onTheWay(String name, Trouble trouble) {
        int victim = random.nextInt(HistoryFleet.REPLICAS);
        note(name + " between replica " + victim + " and Redis");
        trouble.on(fleet.way(victim));
        pause(100 + random.nextInt(900));
        fleet.way(victim).pass();
    }

    private void note(String what) {
        done.add(what);
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
