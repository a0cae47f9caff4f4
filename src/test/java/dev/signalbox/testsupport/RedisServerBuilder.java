package dev.signalbox.testsupport;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Describes a {@link RedisServer}. For one server. */
public final class RedisServerBuilder {

    private final List<String> options = new ArrayList<>();
    private String host = "127.0.0.1";
    private Path binary = RedisBinary.path();

    RedisServerBuilder() {}

    /** Adds options as on the command line; a later one wins over an earlier one and over the defaults. */
    @CanIgnoreReturnValue
    public RedisServerBuilder options(String... words) {
        options.addAll(List.of(words));
        return this;
    }

    /** Asks for a password from the start. */
    @CanIgnoreReturnValue
    public RedisServerBuilder password(String secret) {
        return options("--requirepass", secret);
    }

    /** Listens on {@code ::1} only. */
    @CanIgnoreReturnValue
    public RedisServerBuilder ipv6() {
        host = "::1";
        return this;
    }

    /** Runs another {@code redis-server} than the one that the tests carry, for the ways of another version. */
    @CanIgnoreReturnValue
    public RedisServerBuilder binary(Path executable) {
        binary = executable;
        return this;
    }

    /** Starts the server and waits until it takes commands. */
    public RedisServer start() {
        RedisServer server = startLater();
        try {
            server.restart();
            return server;
        } catch (RuntimeException unstartable) {
            server.close();
            throw unstartable;
        }
    }

    /** A server with a port, but without a process until {@link RedisServer#restart()}: nobody listens yet. */
    public RedisServer startLater() {
        return new RedisServer(new RedisLauncher(binary, host, options));
    }
}
