package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisReply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What {@code merge.lua} makes of values, beside what they make of themselves, on each server. */
class MergeTwinsTest {

    private static final ScriptSetting SCRIPTS = new ScriptSetting();
    private static final String HASH = "p:record:{o}:n";
    private static final String PRESENT = "p:record:{o}:n.present";

    @AfterContainer
    static void stop() {
        SCRIPTS.close();
    }

    record Step(String field, Value value) {}

    @Property(tries = 300)
    void redisMergesAsTheValuesDo(@ForAll("histories") List<Step> history) {
        for (RedisVersion version : RedisVersion.present()) {
            SCRIPTS.server(version).command("DEL", HASH);
            Map<String, Value> model = new HashMap<>();
            for (Step step : history) {
                Value before = model.get(step.field);
                String found = merge(version, List.of(HASH), "0", step).texts().getFirst();
                assertThat(found).isEqualTo(before == null ? "" : text(before));
                model.merge(step.field, step.value, Value::merge);
            }
            assertThat(SCRIPTS.hash(version, HASH)).isEqualTo(texts(model));
        }
    }

    @Property(tries = 200)
    void presentMembersAreListedSinceWhenTheyAre(@ForAll("members") List<Step> history) {
        for (RedisVersion version : RedisVersion.present()) {
            SCRIPTS.server(version).command("DEL", HASH, PRESENT);
            Map<String, Value> model = new HashMap<>();
            for (Step step : history) {
                merge(version, List.of(HASH, PRESENT), "0", step);
                model.merge(step.field, step.value, Value::merge);
            }
            Map<String, Long> expected = new TreeMap<>();
            model.forEach((field, value) -> {
                if (((Member) value).isPresent()) {
                    expected.put(field, ((Member) value).since().at().micros());
                }
            });
            assertThat(present(version)).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Arbitraries.oneOf(steps(AnyValue.maximum()), steps(AnyValue.register()), steps(AnyValue.member()));
    }

    @Provide
    Arbitrary<List<Step>> members() {
        return steps(AnyValue.member());
    }

    private static Arbitrary<List<Step>> steps(Arbitrary<Value> values) {
        return Combinators.combine(Arbitraries.of("a", "b"), values)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** With values as bytes, as the product sends them. */
    @CanIgnoreReturnValue
    private static RedisReply merge(RedisVersion version, List<String> keys, String expiry, Step step) {
        try (RedisConnection connection = SCRIPTS.server(version).connect()) {
            String[] command = new String[6 + keys.size()];
            command[0] = "EVAL";
            command[1] = RedisScript.writing("merge.lua").source();
            command[2] = Integer.toString(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                command[3 + i] = keys.get(i);
            }
            command[3 + keys.size()] = expiry;
            command[4 + keys.size()] = step.field;
            command[5 + keys.size()] = text(step.value);
            return connection.command(command);
        }
    }

    private static Map<String, Long> present(RedisVersion version) {
        List<String> found = SCRIPTS.server(version)
                .command("ZRANGE", PRESENT, "0", "-1", "WITHSCORES")
                .texts();
        Map<String, Long> present = new TreeMap<>();
        for (int i = 0; i < found.size(); i += 2) {
            present.put(found.get(i), (long) Double.parseDouble(found.get(i + 1)));
        }
        return present;
    }

    private static Map<String, String> texts(Map<String, Value> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((field, value) -> texts.put(field, text(value)));
        return texts;
    }

    private static String text(Value value) {
        return new String(value.bytes(), StandardCharsets.UTF_8);
    }
}
