package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.testsupport.RedisServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What commands and scripts answer, in each of the shapes. */
class ReplyTest {

    private static final RedisServer REDIS = RedisServer.start();
    private static final LinkFixture FIXTURE = LinkSetup.to(REDIS.url()).start();

    @BeforeAll
    static void fill() {
        FIXTURE.awaitUp();
        REDIS.command("MSET", "a", "1", "c", "drei");
        REDIS.command("HSET", "hash", "one", "1", "two", "2");
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
        REDIS.close();
    }

    @Test
    void severalKeysAreReadInOrderWithNothingForAnAbsentOne() {
        Reply reply = FIXTURE.send(RedisCommand.mget(List.of("c", "b", "a")));

        assertThat(reply.size()).isEqualTo(3);
        assertThat(reply.at(0).text()).isEqualTo("drei");
        assertThat(reply.at(1).isNothing()).isTrue();
        assertThat(reply.at(2).number()).isEqualTo(1);
    }

    @Test
    void hashIsAListOfNamesAndValues() {
        assertThat(FIXTURE.send(RedisCommand.hgetall("hash")).items())
                .extracting(Reply::text)
                .containsExactly("one", "1", "two", "2");
        assertThat(FIXTURE.send(RedisCommand.hgetall("absent")).items()).isEmpty();
    }

    @Test
    void informationIsThatOfOneSection() {
        assertThat(FIXTURE.send(RedisCommand.info("memory")).text())
                .contains("used_memory:")
                .doesNotContain("redis_version:");
    }

    @Test
    void walkOverAllKeysFindsThoseOfThePatternAndComesToItsEnd() {
        IntStream.range(0, 100).forEach(i -> REDIS.command("SET", "walk:" + i, "x"));
        Set<String> found = new HashSet<>();
        String cursor = "0";
        int steps = 0;
        do {
            Reply step = FIXTURE.send(RedisCommand.scan(cursor, "walk:*", 20));
            cursor = step.at(0).text();
            step.at(1).items().forEach(key -> found.add(key.text()));
            steps++;
        } while (!cursor.equals("0"));

        assertThat(found).hasSize(100).allMatch(key -> key.startsWith("walk:"));
        assertThat(steps).isGreaterThan(3);
    }

    @Test
    void numberIsANumberOrAStringThatSpellsOne() {
        RedisScript numbers = Commands.script("return {7, '8', 'nine'}", RedisCommand.Access.READ);

        Reply reply =
                FIXTURE.link().run(numbers, List.of("k"), List.of()).await().atMost(LinkFixture.LIMIT);

        assertThat(reply.at(0).number()).isEqualTo(7);
        assertThat(reply.at(1).number()).isEqualTo(8);
        assertThatExceptionOfType(NumberFormatException.class)
                .isThrownBy(() -> reply.at(2).number());
    }

    @Test
    void scriptTakesTextsAndAnyBytesInOrder() {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        RedisScript all = Commands.script("return ARGV", RedisCommand.Access.READ);

        Reply reply = FIXTURE.link()
                .run(all, List.of("k"), ScriptArguments.of("ä", "2").and(bytes).and("4"))
                .await()
                .atMost(LinkFixture.LIMIT);

        assertThat(reply.size()).isEqualTo(4);
        assertThat(reply.at(0).text()).isEqualTo("ä");
        assertThat(reply.at(1).text()).isEqualTo("2");
        assertThat(reply.at(2).bytes()).isEqualTo(bytes);
        assertThat(reply.at(3).text()).isEqualTo("4");
    }

    @Test
    void scriptSaysWhetherItWrites() {
        assertThat(RedisScript.reading("heartbeat.lua").access()).isEqualTo(RedisCommand.Access.READ);
        assertThat(RedisScript.writing("heartbeat.lua").access()).isEqualTo(RedisCommand.Access.WRITE);
    }
}
