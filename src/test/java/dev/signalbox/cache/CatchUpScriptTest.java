package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.testsupport.RedisReply;
import dev.signalbox.testsupport.RedisServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code catchup.lua} tells a replica, on each server. */
class CatchUpScriptTest {

    private static final ScriptSetting SCRIPTS = new ScriptSetting();
    private static final String TABLE = "p:{marks}:table";
    private static final String LOG = "p:{marks}:log";
    private static final String EACH = "dev.signalbox.redis.RedisVersion#present";

    @BeforeEach
    void threeMarks() {
        SCRIPTS.empty();
        for (RedisVersion version : RedisVersion.present()) {
            for (String id : List.of("5-0", "6-0", "10-0")) {
                server(version).command("XADD", LOG, id, "fence", "1", "0", "hard:all");
            }
            server(version).command("HSET", TABLE, "hard:all", "10-0");
        }
    }

    @AfterAll
    static void stop() {
        SCRIPTS.close();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoKnowsTheLastMissedNothing(RedisVersion version) {
        assertThat(missed(version, "10-0", 10)).containsExactly("10-0", "log");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoIsBehindGetsTheEntriesBetween(RedisVersion version) {
        assertThat(missed(version, "5-0", 10)).containsExactly("10-0", "log", "6-0", "10-0");
        assertThat(missed(version, "6-0", 10)).containsExactly("10-0", "log", "10-0");
        assertThat(missed(version, "9-9", 10)).containsExactly("10-0", "log", "10-0");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoKnowsNothingGetsTheTable(RedisVersion version) {
        assertThat(missed(version, "", 10)).containsExactly("10-0", "table", "hard:all", "10-0");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoIsBehindTheFirstEntryGetsTheTable(RedisVersion version) {
        assertThat(missed(version, "4-0", 10)).containsExactly("10-0", "table", "hard:all", "10-0");
        server(version).command("XTRIM", LOG, "MAXLEN", "1");
        assertThat(missed(version, "6-0", 10)).containsExactly("10-0", "table", "hard:all", "10-0");
        server(version).command("XTRIM", LOG, "MAXLEN", "0");
        assertThat(missed(version, "6-0", 10)).containsExactly("10-0", "table", "hard:all", "10-0");
        assertThat(missed(version, "10-0", 10)).as("nothing was missed").containsExactly("10-0", "log");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoIsTooFarBehindGetsTheTable(RedisVersion version) {
        assertThat(missed(version, "5-0", 2)).containsExactly("10-0", "log", "6-0", "10-0");
        assertThat(missed(version, "5-0", 1)).containsExactly("10-0", "table", "hard:all", "10-0");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whoIsAheadOfTheLogGetsTheTable(RedisVersion version) {
        assertThat(missed(version, "11-0", 10)).containsExactly("10-0", "table", "hard:all", "10-0");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void whereThereIsNoLogThereIsTheTable(RedisVersion version) {
        server(version).command("DEL", LOG);

        assertThat(missed(version, "6-0", 10)).containsExactly("0-0", "table", "hard:all", "10-0");
        assertThat(missed(version, "", 10)).containsExactly("0-0", "table", "hard:all", "10-0");
        server(version).command("DEL", TABLE);
        assertThat(missed(version, "", 10)).containsExactly("0-0", "table");
        assertThat(missed(version, "0-0", 10)).containsExactly("0-0", "log");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void fullServerStillTells(RedisVersion version) {
        server(version).command("CONFIG", "SET", "maxmemory", "1");
        try {
            assertThat(missed(version, "5-0", 10)).startsWith("10-0", "log");
        } finally {
            server(version).command("CONFIG", "SET", "maxmemory", "0");
        }
    }

    /** The answer, of log entries only the ids. */
    private static List<String> missed(RedisVersion version, String known, int most) {
        return SCRIPTS.run(version, "catchup.lua", List.of(TABLE, LOG), known, Integer.toString(most)).list().stream()
                .flatMap(item -> item instanceof RedisReply.Array
                        ? item.list().stream()
                                .map(entry -> entry.list().getFirst().text())
                        : Stream.of(item.text()))
                .toList();
    }

    private static RedisServer server(RedisVersion version) {
        return SCRIPTS.server(version);
    }
}
