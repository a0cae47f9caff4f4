package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisReply;
import dev.signalbox.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code heartbeat.lua} makes of generation and tide, on each server. */
class HeartbeatScriptTest {

    private static final Map<RedisVersion, RedisServer> SERVERS = RedisVersion.present().stream()
            .collect(Collectors.toMap(
                    version -> version, version -> version.builder().start()));

    private static final String GENERATION = "p:{link}:generation";
    private static final String TIDE = "p:{link}:tide";
    private static final String REPLICAS = "p:{link}:replicas";
    private static final String RESTORING = "p:{link}:restoring";
    private static final String RUN = "p:{link}:run";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @BeforeEach
    void empty() {
        SERVERS.values().forEach(server -> server.command("FLUSHALL"));
    }

    @AfterAll
    static void stopServers() {
        SERVERS.values().forEach(RedisServer::close);
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void emptyServerTakesTheOfferedGeneration(RedisVersion version) {
        RedisServer server = server(version);
        assertThat(beat(server, "", 0, "new")).containsExactly("new", "1");
        assertThat(server.command("GET", GENERATION).text()).isEqualTo("new");
        assertThat(server.command("TTL", GENERATION).number()).as("no TTL").isEqualTo(-1);
        assertThat(server.command("TTL", TIDE).number()).as("no TTL").isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void newGenerationIsRestoredAndNotForEver(RedisVersion version) {
        RedisServer server = server(version);
        assertThat(beat(server, "", 0, "new")).containsExactly("new", "1");
        assertThat(server.command("GET", RESTORING).text()).isEqualTo("new|new");
        assertThat(server.command("PTTL", RESTORING).number()).isBetween(1L, 30_000L);

        server.command("DEL", RESTORING);
        assertThat(beat(server, "new", 1, "newer")).containsExactly("new", "2");
        assertThat(server.command("EXISTS", RESTORING).number()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void anotherRunOfTheServerIsRestoredInTheSameGeneration(RedisVersion version) {
        RedisServer server = server(version);
        assertThat(beat(server, "", 0, "new")).containsExactly("new", "1");
        server.command("DEL", RESTORING);
        server.command("SET", RUN, "the one before");

        assertThat(beat(server, "new", 1, "newer")).containsExactly("new", "2");
        assertThat(server.command("GET", RESTORING).text()).isEqualTo("new|newer");
        assertThat(server.command("TTL", RUN).number()).as("no TTL").isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void whoMissedThatTheDataBecameAnotherIsRestoredAlsoAfterTheOthers(RedisVersion version) {
        RedisServer server = server(version);
        assertThat(beat(server, "", 0, "new")).containsExactly("new", "1");
        server.command("DEL", RESTORING);

        assertThat(beat(server, "the one before", 41, "newer")).containsExactly("new", "2");
        assertThat(server.command("GET", RESTORING).text()).isEqualTo("new|newer");

        assertThat(beat(server, "the one before", 41, "newest")).containsExactly("new", "3");
        assertThat(server.command("GET", RESTORING).text()).as("the same one").isEqualTo("new|newer");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void newcomerAdoptsWhatIsThere(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 41);

        assertThat(beat(server, "", 0, "new")).containsExactly("there", "42");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void tideAboveTheHighestSeenIsTheSameData(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 41);

        assertThat(beat(server, "there", 41, "new")).containsExactly("there", "42");
        assertThat(beat(server, "there", 42, "new")).containsExactly("there", "43");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void tideAtTheHighestSeenIsOlderData(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 40);

        assertThat(beat(server, "there", 41, "new")).containsExactly("new", "41");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void tideIsComparedAsANumber(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 9);

        assertThat(beat(server, "there", 9, "new")).containsExactly("there", "10");
        set(server, "there", 9_007_199_254_740_000L);
        assertThat(beat(server, "there", 9_007_199_254_740_000L, "new")).containsExactly("there", "9007199254740001");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void lowTideOfAnotherGenerationSaysNothing(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 3);

        assertThat(beat(server, "of before", 1_000, "new")).containsExactly("there", "4");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void generationWithoutTideIsOlderData(RedisVersion version) {
        RedisServer server = server(version);
        server.command("SET", GENERATION, "there");

        assertThat(beat(server, "there", 1, "new")).containsExactly("new", "1");
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void timeIsTheServersInMicroseconds(RedisVersion version) {
        RedisServer server = server(version);
        List<String> before = server.command("TIME").texts();

        String micros = heartbeat(server, "", 0, "new").list().get(2).text();

        assertThat(micros).hasSize(16);
        assertThat(Long.parseLong(micros) / 1_000_000 - Long.parseLong(before.getFirst()))
                .isBetween(0L, 60L);
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void replicasAreCountedAsLongAsTheyBeatAndTheLowestIdIsFirst(RedisVersion version) {
        RedisServer server = server(version);

        assertThat(fleetSeenBy(server, "c")).containsExactly("1", "1");
        assertThat(fleetSeenBy(server, "b")).containsExactly("2", "1");
        assertThat(fleetSeenBy(server, "c")).containsExactly("2", "0");
        long longAgo = Long.parseLong(
                        heartbeat(server, "", 0, "new", "c").list().get(2).text())
                - PATIENCE.plusSeconds(1).toNanos() / 1_000;
        server.command("ZADD", REPLICAS, Long.toString(longAgo), "b");
        assertThat(fleetSeenBy(server, "c")).containsExactly("1", "1");
        assertThat(server.command("PTTL", REPLICAS).number()).isBetween(1L, PATIENCE.toMillis());
    }

    @ParameterizedTest
    @MethodSource("dev.signalbox.redis.RedisVersion#present")
    void fullServerRefusesAndNothingChanges(RedisVersion version) {
        RedisServer server = server(version);
        set(server, "there", 41);
        server.command("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> beat(server, "there", 41, "new"))
                .satisfies(refusal -> assertThat(new RedisFailure.Rejected(RedisFailures.describe(refusal)).code())
                        .isEqualTo("OOM"));

        server.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(server.command("GET", TIDE).number()).isEqualTo(41);
    }

    private static RedisServer server(RedisVersion version) {
        return Objects.requireNonNull(SERVERS.get(version));
    }

    private static List<String> beat(RedisServer server, String known, long highest, String fresh) {
        return heartbeat(server, known, highest, fresh).texts().subList(0, 2);
    }

    private static RedisReply heartbeat(RedisServer server, String known, long highest, String fresh) {
        return heartbeat(server, known, highest, fresh, "a");
    }

    private static List<String> fleetSeenBy(RedisServer server, String replica) {
        return heartbeat(server, "", 0, "new", replica).texts().subList(3, 5);
    }

    private static RedisReply heartbeat(RedisServer server, String known, long highest, String fresh, String replica) {
        String source = RedisScript.writing("heartbeat.lua").source();
        try (RedisConnection connection = server.connect()) {
            return connection.command(
                    "EVAL",
                    source,
                    "5",
                    GENERATION,
                    TIDE,
                    REPLICAS,
                    RESTORING,
                    RUN,
                    known + '|' + highest,
                    fresh + '|' + replica + '|' + PATIENCE.toNanos() / 1_000);
        }
    }

    private static void set(RedisServer server, String generation, long tide) {
        server.command("MSET", GENERATION, generation, TIDE, Long.toString(tide));
    }
}
