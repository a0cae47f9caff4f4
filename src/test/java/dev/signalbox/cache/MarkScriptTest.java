package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.redis.RedisVersion;
import dev.signalbox.redis.ScriptSetting;
import dev.signalbox.redis.StreamId;
import dev.signalbox.testsupport.RedisServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code mark.lua} makes of table and log, on each server. */
class MarkScriptTest {

    private static final ScriptSetting SCRIPTS = new ScriptSetting();
    private static final String TABLE = "p:{marks}:table";
    private static final String LOG = "p:{marks}:log";
    private static final String EACH = "dev.signalbox.redis.RedisVersion#present";
    private static final StreamId FAR_AHEAD = new StreamId(9_999_999_999_999L, 7);

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
    void positionIsTheTimeOfTheServerAndStandsInTableAndLog(RedisVersion version) {
        long before = 1_000 * server(version).command("TIME").list().getFirst().number();

        StreamId position = mark(version, StreamId.ZERO, 100, "hard:all", "soft:category:models");

        assertThat(position.millis()).isBetween(before, before + 60_000);
        assertThat(server(version).command("HGETALL", TABLE).texts())
                .containsExactly("hard:all", position.toString(), "soft:category:models", position.toString());
        assertThat(log(version)).containsExactly(position + " fence 1 0 hard:all 1 soft:category:models");
        assertThat(server(version).command("TTL", TABLE).number()).isEqualTo(-1);
        assertThat(server(version).command("TTL", LOG).number()).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void positionsOnlyRiseWhateverHappensToTheLog(RedisVersion version) {
        List<StreamId> positions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            positions.add(mark(version, StreamId.ZERO, 100, "hard:all"));
        }
        server(version).command("XTRIM", LOG, "MAXLEN", "0");
        positions.add(mark(version, StreamId.ZERO, 100, "hard:all"));
        server(version).command("DEL", LOG);
        positions.add(mark(version, positions.getLast(), 100, "hard:all"));

        assertThat(positions).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void positionIsAboveWhatTheSenderHasSeenAlsoInAnEmptyLog(RedisVersion version) {
        StreamId first = mark(version, FAR_AHEAD, 100, "hard:all");
        StreamId second = mark(version, StreamId.ZERO, 100, "hard:all");

        assertThat(first).isEqualTo(new StreamId(FAR_AHEAD.millis(), 8));
        assertThat(second).as("the clock is behind").isEqualTo(new StreamId(FAR_AHEAD.millis(), 9));
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void positionIsAboveTheLogWhoseEntriesAreGone(RedisVersion version) {
        server(version).command("XADD", LOG, FAR_AHEAD.toString(), "fence", "1");
        server(version).command("XDEL", LOG, FAR_AHEAD.toString());

        assertThat(mark(version, StreamId.ZERO, 100, "hard:all")).isGreaterThan(FAR_AHEAD);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void fenceLiftsTheLogAndMarksNothing(RedisVersion version) {
        StreamId fence = mark(version, FAR_AHEAD, 100);

        assertThat(fence).isGreaterThan(FAR_AHEAD);
        assertThat(server(version).command("EXISTS", TABLE).number()).isZero();
        assertThat(log(version)).containsExactly(fence + " fence 1");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void fineMarksAreInTheLogAlone(RedisVersion version) {
        mark(version, StreamId.ZERO, 100, "hard:caller:own:abc", "soft:key:own:abc:def");

        assertThat(server(version).command("EXISTS", TABLE).number()).isZero();
        assertThat(log(version)).singleElement().asString().endsWith("0 hard:caller:own:abc 1 soft:key:own:abc:def");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void tagsBeyondTheLimitFoldIntoAllTagsOfTheirStrength(RedisVersion version) {
        mark(version, StreamId.ZERO, 4, "hard:tag:a", "hard:tag:b", "soft:tag:c", "hard:category:models");

        StreamId folded = mark(version, StreamId.ZERO, 4, "hard:tag:d");

        assertThat(server(version).command("HKEYS", TABLE).texts())
                .containsExactlyInAnyOrder("hard:category:models", "hard:tags", "soft:tags", "hard:tag:d");
        assertThat(server(version).command("HGET", TABLE, "hard:tags").text()).isEqualTo(folded.toString());
        assertThat(server(version).command("HGET", TABLE, "soft:tags").text()).isEqualTo(folded.toString());
        assertThat(log(version)).last().asString().endsWith("fence 1 0 hard:tags 1 soft:tags 2 hard:tag:d");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void tagsOfOneStrengthDoNotMakeEachOfTheOtherAMarkOnAll(RedisVersion version) {
        mark(version, StreamId.ZERO, 4, "soft:tag:a", "soft:tag:b", "soft:tag:c", "soft:tag:d");

        StreamId first = mark(version, StreamId.ZERO, 4, "hard:tag:e");
        mark(version, first, 4, "hard:tag:f");

        assertThat(server(version).command("HKEYS", TABLE).texts())
                .containsExactlyInAnyOrder("soft:tags", "hard:tag:e", "hard:tag:f");
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void tableStaysBoundedUnderAnyNumberOfTags(RedisVersion version) {
        for (int batch = 0; batch < 20; batch++) {
            List<String> marks = new ArrayList<>();
            for (int tag = 0; tag < 50; tag++) {
                marks.add((tag % 2 == 0 ? "hard:tag:" : "soft:tag:") + batch + "-" + tag);
            }
            mark(version, StreamId.ZERO, 100, marks.toArray(String[]::new));
        }

        assertThat(server(version).command("HLEN", TABLE).number()).isLessThanOrEqualTo(102);
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void softAndHardPositionsOfAScopeAreApart(RedisVersion version) {
        StreamId hard = mark(version, StreamId.ZERO, 100, "hard:all");
        StreamId soft = mark(version, StreamId.ZERO, 100, "soft:all");

        assertThat(server(version)
                        .command("HMGET", TABLE, "hard:all", "soft:all")
                        .texts())
                .containsExactly(hard.toString(), soft.toString());
    }

    @ParameterizedTest
    @MethodSource(EACH)
    void logIsTrimmedByNumberAndByAge(RedisVersion version) {
        server(version).command("XADD", LOG, "1-0", "fence", "1");
        for (int i = 0; i < 300; i++) {
            mark(version, StreamId.ZERO, 100, "hard:all");
        }

        assertThat(log(version)).hasSizeBetween(100, 250).noneMatch(entry -> entry.startsWith("1-0 "));
    }

    @CanIgnoreReturnValue
    private static StreamId mark(RedisVersion version, StreamId seen, int mostTags, String... marks) {
        List<String> arguments =
                new ArrayList<>(List.of(seen.toString(), "100", "3600000", Integer.toString(mostTags)));
        arguments.addAll(List.of(marks));
        return StreamId.parse(SCRIPTS.run(version, "mark.lua", List.of(TABLE, LOG), arguments.toArray(String[]::new))
                .text());
    }

    private static List<String> log(RedisVersion version) {
        return server(version).command("XRANGE", LOG, "-", "+").list().stream()
                .map(entry -> entry.list().getFirst().text() + " "
                        + String.join(" ", entry.list().getLast().texts()))
                .toList();
    }

    private static RedisServer server(RedisVersion version) {
        return SCRIPTS.server(version);
    }
}
