package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisReply;
import dev.signalbox.testsupport.RedisServer;
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

        String micros = heartbeat(server, "", 0, "new").list().getLast().text();

        assertThat(micros).hasSize(16).startsWith(before.getFirst().substring(0, 8));
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
        String source = RedisScript.writing("heartbeat.lua").source();
        try (RedisConnection connection = server.connect()) {
            return connection.command("EVAL", source, "2", GENERATION, TIDE, known, Long.toString(highest), fresh);
        }
    }

    private static void set(RedisServer server, String generation, long tide) {
        server.command("MSET", GENERATION, generation, TIDE, Long.toString(tide));
    }
}
