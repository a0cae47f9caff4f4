package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaDecision.Exhausted;
import dev.signalbox.records.QuotaDecision.Reserved;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.redis.TestLinks;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two replicas on one Redis, and the scripts against their twin in Java. */
class RedisQuotasTest extends QuotasContract {

    private static final String EACH = "dev.signalbox.redis.RedisVersion#present";
    private static final Map<String, String> CALM = Map.of("deadline", "5s", "heartbeat", "1h");

    private static ScriptSetting scripts;
    private static TestLinks links;
    private static RedisLink link;

    private final MemoryRecords records = new MemoryRecords(micros::get);
    private List<FleetQuotas> replicas = List.of();

    @BeforeAll
    static void start() {
        scripts = new ScriptSetting();
        links = new TestLinks(2);
        link = links.open(scripts.server(RedisVersion.CARRIED), CALM);
    }

    @AfterAll
    static void stop() {
        links.close();
        scripts.close();
    }

    @BeforeEach
    void twoReplicas() {
        replicas = List.of(
                TestQuotas.engine(link, records, amount -> 0, micros::get, 100),
                TestQuotas.engine(link, records, amount -> 0, micros::get, 100));
    }

    @Override
    List<FleetQuotas> replicas() {
        return replicas;
    }

    @Test
    void everyReplicaSeesWhatAnyHasUsed() {
        await(replicas.getFirst().commit(reserved(FIVE_A_DAY).reservation()));
        reserved(FIVE_A_DAY);

        assertThat(await(replicas.getLast().look(ann)).orElseThrow())
                .returns(2L, QuotaUsage::daily)
                .returns(2L, QuotaUsage::monthly)
                .satisfies(usage -> assertThat(usage.asOf()).isEmpty());
    }

    @Test
    void whatIsCountedIsARecordAsWell() {
        await(quotas().commit(reserved(FIVE_A_DAY).reservation()));

        assertThat(records.all().keySet())
                .extracting(RecordKey::name)
                .containsExactlyInAnyOrder("quota:day:2096-11-22", "quota:month:2096-11");
        Map<String, String> counter =
                scripts.hash(RedisVersion.CARRIED, TestQuotas.KEYS.record(ann.id(), "quota:day:2096-11-22"));
        assertThat(counter.values()).containsExactly("m1");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void aRefusalWritesNothingAndEveryKeyExpires(RedisVersion version) {
        String counter = "p:record:{a}:day";
        String reservations = counter + ".reserved";
        scripts.empty();
        String[] one = {"1000000", "id1", "120000000", "0", "86400000000", "1", "f", "0"};
        String[] two = {"1000000", "id2", "120000000", "0", "86400000000", "1", "f", "0"};
        List<String> keys = List.of(counter, reservations);

        assertThat(scripts.run(version, "reserve.lua", keys, one).texts())
                .containsExactly("1000000", "reserved", "0", "0", "1");
        assertThat(scripts.run(version, "reserve.lua", keys, one).texts())
                .as("the same id is reserved once")
                .containsExactly("1000000", "reserved", "0", "0", "1");
        assertThat(scripts.run(version, "reserve.lua", keys, two).texts())
                .containsExactly("1000000", "exhausted", "0", "0", "1");
        assertThat(scripts.server(version)
                        .command("ZRANGE", reservations, "0", "-1")
                        .texts())
                .containsExactly("id1");
        assertThat(scripts.server(version).command("PTTL", reservations).number())
                .isBetween(100_000L, 121_000L);

        String expiry = "4102444800";
        assertThat(scripts.run(version, "commit.lua", keys, "1000000", "id1", "f", "1", expiry)
                        .texts())
                .containsExactly("1000000", "ended", "0", "1", "0");
        assertThat(scripts.run(version, "commit.lua", keys, "1000000", "id1", "f", "1", expiry)
                        .texts())
                .as("repeated")
                .containsExactly("1000000", "ended", "0", "1", "0");
        assertThat(scripts.run(version, "commit.lua", keys, "1000000", "id0", "f", "0", expiry)
                        .texts())
                .as("an older total")
                .containsExactly("1000000", "ended", "0", "1", "0");
        assertThat(scripts.server(version).command("TTL", counter).number()).isPositive();
        assertThat(scripts.run(version, "prolong.lua", List.of(reservations), "1000000", "id1", "120000000")
                        .number())
                .as("what was ended stays so")
                .isZero();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void aServerInAnotherPeriodSaysSoAndWritesNothing(RedisVersion version) {
        scripts.empty();

        assertThat(scripts.run(
                                version,
                                "reserve.lua",
                                List.of("p:{a}", "p:{a}.reserved"),
                                "86400000000",
                                "id",
                                "120000000",
                                "0",
                                "86400000000",
                                "5",
                                "f",
                                "0")
                        .texts())
                .containsExactly("86400000000", "moved");
        assertThat(scripts.server(version).command("DBSIZE").number()).isZero();
    }

    @Test
    void theServersMidnightCounts() {
        AtomicLong late = new AtomicLong(micros("2096-11-22T23:59:59Z"));
        QuotaScripts byServer = new QuotaScripts(
                link, TestQuotas.KEYS, () -> Long.toString(micros("2096-11-23T00:00:01Z")), Reservation.LEASE);
        FleetQuotas behind = new FleetQuotas(
                link,
                byServer,
                () -> Uni.createFrom().item(true),
                records,
                TestQuotas.ledger(10),
                amount -> 0,
                late::get,
                () -> "some-id");

        Reserved unit = (Reserved) await(behind.reserve(ann, FIVE_A_DAY));

        assertThat(unit.reservation().spans())
                .extracting(QuotaPeriod.Span::name)
                .contains("quota:day:2096-11-23");
    }

    /** The twin is this replica's ledger, which decides where there is no Redis. */
    @ParameterizedTest
    @MethodSource(EACH)
    void scriptsAndTheirTwinAgree(RedisVersion version) {
        AtomicLong now = new AtomicLong(micros("2096-11-30T22:00:00Z"));
        RedisLink versions = links.open(scripts.server(version), CALM);
        MemoryRecords ours = new MemoryRecords(now::get);
        FleetQuotas redis = TestQuotas.engine(versions, ours, amount -> 0, now::get, 100);
        FleetQuotas twin =
                TestQuotas.engine(TestLinks.disabled(), new MemoryRecords(now::get), amount -> 0, now::get, 100);
        SplittableRandom random = new SplittableRandom(20_261_122);
        QuotaLimits limits = new QuotaLimits(4, 9);
        List<Caller> callers = List.of(Caller.ofCredential("twin1" + version), Caller.ofCredential("twin2" + version));
        List<Reservation[]> held = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            Caller caller = callers.get(random.nextInt(callers.size()));
            int choice = random.nextInt(10);
            if (choice < 4) {
                QuotaDecision one = await(redis.reserve(caller, limits));
                QuotaDecision other = await(twin.reserve(caller, limits));
                assertThat(one.getClass()).as("step %s", step).isEqualTo(other.getClass());
                assertThat(one.usage()).as("step %s", step).isEqualTo(other.usage());
                if (one instanceof Reserved first && other instanceof Reserved second) {
                    held.add(new Reservation[] {first.reservation(), second.reservation()});
                }
                if (one instanceof Exhausted first && other instanceof Exhausted second) {
                    assertThat(first.period()).isEqualTo(second.period());
                }
            } else if (choice < 8 && !held.isEmpty()) {
                Reservation[] both = held.remove(random.nextInt(held.size()));
                if (random.nextInt(3) > 0) {
                    await(redis.commit(both[0]));
                    await(twin.commit(both[1]));
                } else {
                    await(redis.giveBack(both[0]));
                    await(twin.giveBack(both[1]));
                }
            } else if (choice == 8) {
                now.addAndGet(Duration.ofSeconds(random.nextInt(90)).toNanos() / 1_000);
                await(redis.prolongAll());
                await(twin.prolongAll());
            } else {
                boolean isLong = random.nextInt(20) == 0;
                now.addAndGet(
                        (isLong ? Duration.ofHours(5) : Duration.ofSeconds(random.nextInt(150))).toNanos() / 1_000);
            }
            assertThat(await(redis.look(caller))).as("step %s", step).isEqualTo(await(twin.look(caller)));
        }
    }
}
