package dev.signalbox.records;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.disk.Disk;
import dev.signalbox.disk.Shelf;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Wholeness;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The parts of records, and who knows whom. */
final class RecordsAssembly {

    private final FleetRecords records;
    private final Recovery recovery;

    RecordsAssembly(
            RedisLink link,
            KeySpace keys,
            Wholeness wholeness,
            Disk disk,
            HybridClock versions,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random) {
        RecentMerges recent = new RecentMerges(ticker);
        RedisRecords shared = new RedisRecords(link, keys, recent);
        HeldRecords held = new HeldRecords(disk);
        Evictions evictions = new Evictions(link, ticker);
        WrittenBack writtenBack = new WrittenBack(disk, held, versions);
        Restoration restoration = new Restoration(wholeness, ticker);
        RecordReader reader = new RecordReader(link, shared, held, wholeness, writtenBack, evictions);
        this.records = new FleetRecords(
                link, shared, held, reader, new MemberPages(shared, held, reader), evictions, versions);
        Shelf aside = disk.shelf("set-aside", Cells::merge);
        List<Shelf> all = List.of(held.unsent().shelf(), held.copies().shelf(), aside);
        this.recovery = new Recovery(
                link,
                wholeness,
                writtenBack,
                restoration,
                evictions,
                recent,
                new Resend(shared, recent, restoration),
                held,
                new Backlog(shared, held, restoration, aside, clock),
                new Copies(shared, held, restoration, disk, clock, random),
                new Sweep(all, clock),
                disk,
                clock,
                ticker);
    }

    Records records() {
        return records;
    }

    Recovery recovery() {
        return recovery;
    }
}
