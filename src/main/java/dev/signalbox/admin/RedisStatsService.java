package dev.signalbox.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.cache.CacheInspection;
import dev.signalbox.cache.Category;
import dev.signalbox.redis.RedisCommand;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Says how Redis is, from what the server counts itself. */
@Singleton
final class RedisStatsService {

    /** One at a time: before version 7 a server knows no list of them. */
    private static final List<String> SECTIONS = List.of("server", "clients", "memory", "stats");

    private final RedisLink link;
    private final KeyCensus census;
    private final CacheInspection inspection;
    private final Ticker ticker;

    RedisStatsService(RedisLink link, KeyCensus census, CacheInspection inspection, Ticker ticker) {
        this.link = link;
        this.census = census;
        this.inspection = inspection;
        this.ticker = ticker;
    }

    /** The figures of this moment, estimates up to a second old. Never fails because of Redis. */
    Uni<RedisStats> stats() {
        return latencyMillis()
                .chain(latency -> Uni.combine()
                        .all()
                        .unis(info(), census.take())
                        .with((info, taken) -> taken.map(keys -> RedisStats.of(keys, info, latency, local()))
                                .orElseGet(this::unavailable)))
                .onFailure(RedisFailure.class)
                .recoverWithItem(this::unavailable);
    }

    private Uni<Double> latencyMillis() {
        return Uni.createFrom().deferred(() -> {
            long asked = ticker.read();
            return link.send(RedisCommand.dbSize()).map(size -> (ticker.read() - asked) / 1e6);
        });
    }

    private Uni<ServerInfo> info() {
        return Uni.join()
                .all(SECTIONS.stream().map(this::section).toList())
                .andFailFast()
                .map(ServerInfo::parse);
    }

    /** A hosted server may refuse to tell. */
    private Uni<String> section(String name) {
        return link.send(RedisCommand.info(name))
                .map(Reply::text)
                .onFailure(RedisFailure.Rejected.class)
                .recoverWithItem("");
    }

    private RedisStats unavailable() {
        return RedisStats.unavailable(RedisAbsence.of(link), local());
    }

    private RedisStats.Local local() {
        long entries = 0;
        long bytes = 0;
        for (Category category : inspection.categories()) {
            entries += inspection.localEntries(category);
            bytes += inspection.localBytes(category);
        }
        return new RedisStats.Local(entries, bytes);
    }
}
