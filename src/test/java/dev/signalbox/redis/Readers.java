package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.RedisServer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The connections of a server that follow streams, by their ids. */
final class Readers {

    private static final Pattern READER = Pattern.compile("^id=(\\d+) .* cmd=xread ", Pattern.MULTILINE);
    private static final Pattern OTHER = Pattern.compile("^id=(\\d+) (?!.* cmd=(xread|client) )", Pattern.MULTILINE);

    private Readers() {}

    static List<String> of(RedisServer redis) {
        return ids(redis, READER);
    }

    /** Every other connection but the one that asks. */
    static List<String> others(RedisServer redis) {
        return ids(redis, OTHER);
    }

    /** The only one. */
    static String only(RedisServer redis) {
        List<String> readers = of(redis);
        assertThat(readers).hasSize(1);
        return readers.getFirst();
    }

    private static List<String> ids(RedisServer redis, Pattern pattern) {
        return pattern.matcher(redis.command("CLIENT", "LIST").text())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
