package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.records.RecordKey.Shape;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server that comes back with the same data, but without its last moments, of which no heartbeat can tell: none was answered
 * in them. What was acknowledged in them is there again, however it came to Redis.
 */
class UnnoticedLossTest {

    private static final RecordKey COUNTER = RecordKey.of("ann", "counter", Shape.HASH);
    private static final String COUNTER_KEY = "signalbox:record:{ann}:counter";

    private final RedisServer redis = RedisServer.start();
    private final RecordsReplica replica = RecordsReplica.unwatchful(redis);

    @AfterEach
    void end() {
        redis.close();
        replica.close();
    }

    @Test
    void whatWasWritten() {
        replica.merge(COUNTER, "a", new Maximum(3));

        loseTheCounter();

        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
    }

    @Test
    void whatWasReplayed() {
        redis.stop();
        replica.merge(COUNTER, "a", new Maximum(3));
        redis.resume();
        replica.awaitSettled();

        loseTheCounter();

        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
    }

    @Test
    void whatWasWrittenBack() {
        replica.merge(COUNTER, "a", new Maximum(3));
        redis.command("FLUSHALL");
        reconnect();
        replica.awaitSettled();

        loseTheCounter();

        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
    }

    @Test
    void whatWasLostTwice() {
        replica.merge(COUNTER, "a", new Maximum(3));

        loseTheCounter();
        loseTheCounter();

        assertThat(redis.command("HGET", COUNTER_KEY, "a").text()).isEqualTo("m3");
    }

    @Test
    void moreThanIsRemembered() {
        Map<String, Value> many = new HashMap<>();
        for (int field = 0; field < 1_000; field++) {
            many.put("f" + field, new Maximum(7));
        }
        for (int record = 0; record < 30; record++) {
            var _ = RecordsReplica.wait(replica.records.merge(new Merge(record(record), many)));
        }

        loseTheCounter();

        for (int record = 0; record < 30; record++) {
            assertThat(redis.command("HLEN", "signalbox:record:{ann" + record + "}:counter")
                            .number())
                    .isEqualTo(1_000);
        }
    }

    private static RecordKey record(int number) {
        return RecordKey.of("ann" + number, "counter", Shape.HASH);
    }

    /** As if the latest snapshot had been made before anything of it came to Redis. */
    private void loseTheCounter() {
        redis.command("EVAL", "return redis.call('DEL', unpack(redis.call('KEYS', '*}:counter')))", "0");
        redis.saveSnapshot();
        reconnect();
        replica.awaitSettled();
    }

    private void reconnect() {
        long epoch = replica.link.status().epoch();
        boolean empty = redis.command("DBSIZE").number() == 0;
        redis.kill();
        TestLinks.await(replica.link, status -> !status.readable());
        if (empty) {
            redis.restartEmpty();
        } else {
            redis.restart();
        }
        TestLinks.await(replica.link, status -> status.writable() && status.epoch() > epoch);
    }
}
