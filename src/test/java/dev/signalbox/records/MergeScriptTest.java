package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.testsupport.RedisError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code merge.lua} and {@code sight.lua} do beside merging values, on each server. */
class MergeScriptTest {

    private static final ScriptSetting SCRIPTS = new ScriptSetting();
    private static final String EACH = "dev.signalbox.redis.RedisVersion#present";
    private static final String HASH = "p:record:{o}:n";

    @BeforeEach
    void empty() {
        SCRIPTS.empty();
    }

    @AfterAll
    static void stop() {
        SCRIPTS.close();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void severalFieldsAreOneChange(RedisVersion version) {
        assertThat(SCRIPTS.run(version, "merge.lua", List.of(HASH), "0", "a", "m1", "b", "m2")
                        .texts())
                .containsExactly("", "");
        assertThat(SCRIPTS.run(version, "merge.lua", List.of(HASH), "0", "b", "m1", "a", "m2")
                        .texts())
                .containsExactly("m2", "m1");
        assertThat(SCRIPTS.hash(version, HASH)).isEqualTo(Map.of("a", "m2", "b", "m2"));
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void valueOfAnotherKindIsRefusedAndNothingChanges(RedisVersion version) {
        SCRIPTS.run(version, "merge.lua", List.of(HASH), "0", "a", "m1");
        String text = "r" + new Version(1, 1).text() + "=x";

        assertThatThrownBy(() -> SCRIPTS.run(version, "merge.lua", List.of(HASH), "0", "b", "m1", "a", text))
                .isInstanceOf(RedisError.class)
                .hasMessageContaining("MISMATCH");

        assertThat(SCRIPTS.hash(version, HASH)).isEqualTo(Map.of("a", "m1"));
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void recordExpiresIfItIsToldTo(RedisVersion version) {
        SCRIPTS.run(version, "merge.lua", List.of(HASH), "0", "a", "m1");
        assertThat(SCRIPTS.server(version).command("TTL", HASH).number()).isEqualTo(-1);

        SCRIPTS.run(version, "merge.lua", List.of(HASH), "99999999999", "a", "m1");
        assertThat(SCRIPTS.server(version).command("TTL", HASH).number()).isPositive();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void sightingsAreCountedOnce(RedisVersion version) {
        for (int i = 0; i < 3; i++) {
            SCRIPTS.run(version, "sight.lua", List.of(HASH), "0", "ann", "bob");
        }

        assertThat(SCRIPTS.server(version).command("PFCOUNT", HASH).number()).isEqualTo(2);
    }
}
