package dev.signalbox.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.testsupport.RedisConnection;
import dev.signalbox.testsupport.RedisReply;
import dev.signalbox.testsupport.RedisServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Each version of Redis that can be run here, and how a script is run there as it stands. */
public final class ScriptSetting implements AutoCloseable {

    private final Map<RedisVersion, RedisServer> servers = RedisVersion.present().stream()
            .collect(Collectors.toMap(
                    version -> version, version -> version.builder().start()));

    /** The server of a version. */
    public RedisServer server(RedisVersion version) {
        return Objects.requireNonNull(servers.get(version));
    }

    /** Empties every server. */
    public void empty() {
        servers.values().forEach(server -> server.command("FLUSHALL"));
    }

    /** Runs a script with texts. */
    @CanIgnoreReturnValue
    public RedisReply run(RedisVersion version, String script, List<String> keys, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("EVAL", RedisScript.writing(script).source(), Integer.toString(keys.size())));
        words.addAll(keys);
        words.addAll(List.of(arguments));
        try (RedisConnection connection = server(version).connect()) {
            return connection.command(words.toArray(String[]::new));
        }
    }

    /** The fields of a hash. */
    public Map<String, String> hash(RedisVersion version, String key) {
        List<String> found = server(version).command("HGETALL", key).texts();
        Map<String, String> hash = new HashMap<>();
        for (int i = 0; i < found.size(); i += 2) {
            hash.put(found.get(i), found.get(i + 1));
        }
        return hash;
    }

    @Override
    public void close() {
        servers.values().forEach(RedisServer::close);
    }
}
