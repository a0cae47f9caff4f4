package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.cache.RedisTier.Lookup;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Representation;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.StreamId;
import dev.signalbox.redis.TestLinks;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One replica's view of a Redis that is well, and of what others may have left in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final long LIMIT = 1_000_000;
    private static final String PREFIX = "tier";
    private static final CachePolicies POLICIES = new CachePolicies(CacheConfigs.of(Map.of()));

    private final RedisServer redis = RedisServer.start();
    private final TestLinks links = new TestLinks(1);
    private final RedisLink link = links.open(redis, Map.of("deadline", "5s"));
    private final AtomicInteger tests = new AtomicInteger();

    private FakeTime time = new FakeTime();
    private RedisTier tier = new RedisTier(link, new KeySpace(PREFIX), time);
    private EntryKey key = key(0);

    @BeforeEach
    void freshKey() {
        time = new FakeTime();
        tier = new RedisTier(link, new KeySpace(PREFIX), time);
        key = key(tests.incrementAndGet());
    }

    @AfterAll
    void end() {
        links.close();
        redis.close();
    }

    @Test
    void whatIsStoredIsFound() {
        Entry entry = entry(Bodies.text("body"));

        assertThat(now(store(tier, entry))).isTrue();

        assertThat(now(tier.find(key, LIMIT))).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            assertThat(found.entry().generation()).isEqualTo(link.status().generation());
            assertThat(found.entry().freshUntil()).isEqualTo(entry.freshUntil());
            assertThat(found.entry().representation().identity()).isEqualTo("body".getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void foreignBytesAreAMissAndAreReplaced() {
        for (String foreign : List.of("", "x", "garbage of somebody else", "\u0001\u0000\u0000", "{\"json\":true}")) {
            redis.command("SET", redisKey(), foreign);

            assertThat(now(tier.find(key, LIMIT))).as(foreign).isInstanceOf(Lookup.Absent.class);
            assertThat(now(store(tier, entry(Bodies.text("ours"))))).isTrue();
            assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void damagedEntryIsAMiss() {
        assertThat(now(store(tier, entry(Bodies.text("body"))))).isTrue();
        redis.command("SETRANGE", redisKey(), "40", "*");

        assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void keyOfAnotherTypeIsAMissAndIsReplaced() {
        redis.command("RPUSH", redisKey(), "not", "a", "string");

        assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Absent.class);
        assertThat(now(store(tier, entry(Bodies.text("ours"))))).isTrue();
        assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void entryOfAnotherGenerationIsAMiss() {
        put(entry("another generation", time.instant(), Bodies.text("body")));
        Lookup another = now(tier.find(key, LIMIT));
        put(entry("", time.instant(), Bodies.text("body")));
        Lookup none = now(tier.find(key, LIMIT));

        assertThat(List.of(another, none)).allMatch(Lookup.Absent.class::isInstance);
    }

    @Test
    void entryOfAnotherGenerationReplacesNothing() {
        assertThat(now(store(tier, entry(Bodies.text("valid"))))).isTrue();

        assertThat(now(store(tier, entry("older", time.instant(), Bodies.text("late")))))
                .isFalse();

        assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void entryThatIsLargerThanItMayBeIsAMiss() {
        put(entry(Bodies.compressed(new byte[2_000])));

        assertThat(now(tier.find(key, 2_000))).isInstanceOf(Lookup.Found.class);
        assertThat(now(tier.find(key, 1_999))).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void entryIsKeptByRedisForTheRestOfItsLife() {
        Instant aMinuteAgo = time.instant().minusSeconds(60);

        assertThat(now(store(tier, entry(link.status().generation(), aMinuteAgo, Bodies.text("body")))))
                .isTrue();

        assertThat(Duration.ofMillis(redis.command("PTTL", redisKey()).number()))
                .isBetween(TTL.minusSeconds(90), TTL.minusSeconds(60));
    }

    @Test
    void withoutRedisNothingIsKnownAndNothingStored() {
        RedisTier away = new RedisTier(TestLinks.disabled(), new KeySpace(PREFIX), time);

        assertThat(now(away.find(key, LIMIT))).isInstanceOf(Lookup.Unknown.class);
        assertThat(now(store(away, entry("", time.instant(), Bodies.text("body")))))
                .isFalse();
        assertThat(away.isWritable()).isFalse();
    }

    @Test
    void onlyLargeEntriesArePackedAndUnpackedOffTheEventLoop() {
        AtomicInteger offLoop = new AtomicInteger();
        Executor counting = work -> {
            offLoop.incrementAndGet();
            ForkJoinPool.commonPool().execute(work);
        };
        Infrastructure.setDefaultExecutor(counting);
        try {
            assertThat(now(store(tier, entry(Bodies.plain(new byte[30_000]))))).isTrue();
            assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
            assertThat(offLoop).hasValue(0);

            assertThat(now(store(tier, entry(Bodies.plain(new byte[40_000]))))).isTrue();
            assertThat(offLoop).hasValue(1);
            assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
            assertThat(offLoop).hasValue(2);

            put(entry(Bodies.compressed(new byte[900_000])));
            assertThat(now(tier.find(key, LIMIT))).isInstanceOf(Lookup.Found.class);
            assertThat(offLoop).as("few bytes that unpack to many").hasValue(3);
        } finally {
            Infrastructure.setDefaultExecutor();
        }
    }

    private Uni<Boolean> store(RedisTier tier, Entry entry) {
        Versions none = new Versions(List.of(""));
        return tier.store(key, entry, none, "", POLICIES.of(key.category()));
    }

    private void put(Entry entry) {
        try (RedisConnection connection = redis.connect()) {
            connection.command(utf8("SET"), utf8(redisKey()), EntryCodec.encode(entry));
        }
    }

    private String redisKey() {
        return PREFIX + ":cache:v1:things:{" + key.digest() + "}:" + key.digest();
    }

    private Entry entry(Representation answer) {
        return entry(link.status().generation(), time.instant(), answer);
    }

    private static Entry entry(String generation, Instant storedAt, Representation answer) {
        Instant end = storedAt.plus(TTL);
        return new Entry(generation, StreamId.ZERO, "", List.of(), storedAt, end, end, answer);
    }

    private static EntryKey key(int number) {
        return new EntryKey(new Category("things"), Caller.everyone(), "k" + number);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T now(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
