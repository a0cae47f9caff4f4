package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.Disk;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.ReplicaId;
import dev.signalbox.redis.ServerClock;
import dev.signalbox.redis.Wholeness;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts records together: in Redis, on disk, and between the two. */
@Singleton
final class RecordsProducer {

    private final RecordsAssembly assembly;
    private final Records records;

    RecordsProducer(
            RedisLink link,
            KeySpace keys,
            Wholeness wholeness,
            ServerClock serverClock,
            ReplicaId replica,
            Disk disk,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random,
            MeterRegistry registry) {
        this.assembly = new RecordsAssembly(
                link,
                keys,
                wholeness,
                disk,
                new HybridClock(serverClock::micros, replica.number()),
                clock,
                ticker,
                random);
        this.records = InstrumentedRecords.wrap(assembly.records(), registry);
        new RecordsMetrics(assembly.recovery(), registry).publish();
    }

    @Startup
    void start() {
        assembly.recovery().start();
    }

    void stop(@Observes ShutdownEvent event) {
        assembly.recovery().stop();
    }

    @Produces
    @Singleton
    Records records() {
        return records;
    }

    @Produces
    @Singleton
    RecordsInspection inspection() {
        return assembly.recovery();
    }
}
