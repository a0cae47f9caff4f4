package dev.signalbox.records;

import dev.signalbox.testsupport.RedisServer;
import java.nio.file.Path;

/** Records of a replica as the service puts them together, for tests of the packages above. */
public final class TestRecords implements AutoCloseable {

    private final RecordsReplica replica;

    private TestRecords(RecordsReplica replica) {
        this.replica = replica;
    }

    /** Of a replica that finds its Redis at some address. */
    public static TestRecords on(RedisServer redis, String url) {
        return new TestRecords(RecordsReplica.on(redis, url));
    }

    /** Of a replica without Redis. */
    public static TestRecords alone(Path directory) {
        return new TestRecords(RecordsReplica.alone(directory));
    }

    public Records records() {
        return replica.records;
    }

    /** Waits until all that this replica holds is in Redis, and nobody is waited for. */
    public void awaitSettled() {
        replica.awaitSettled();
    }

    @Override
    public void close() {
        replica.close();
    }
}
