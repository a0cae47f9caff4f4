package dev.signalbox.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * Where Redis is and how long we wait for it.
 *
 * <p>The endpoint is taken from the first of {@code url}, {@code private-url}, {@code host} with its companions,
 * {@code railway.host} with its companions, and {@code public-url} that is set. None set: the service runs without Redis.
 */
@ConfigMapping(prefix = "signalbox.redis")
public interface RedisConfig {

    /** {@code redis://} or {@code rediss://} (TLS) with user, password, host, port and database. */
    Optional<String> url();

    /** Like {@code url}, as Railway names the address inside its network. */
    Optional<String> privateUrl();

    /** Like {@code url}, through Railway's public proxy: slower by the way out and back. */
    Optional<String> publicUrl();

    /** Host name or address of a plain connection. */
    Optional<String> host();

    /** Port beside {@code host}. */
    @WithDefault("6379")
    int port();

    /** User beside {@code host}; {@code default} where only a password is given. */
    Optional<String> username();

    /** Password beside {@code host}. */
    Optional<String> password();

    /** Number of the database beside {@code host}. */
    @WithDefault("0")
    int db();

    /** The same parts under the names that Railway's Redis service gives them. */
    Railway railway();

    /** How Redis is deployed. */
    @WithDefault("standalone")
    Mode mode();

    /** Encryption of {@code rediss://}. */
    Tls tls();

    /**
     * Longest wait for one command. Too small opens the circuit on every pause of the server; too big is what each request
     * of the first moments of an outage pays.
     */
    @WithDefault("100ms")
    Duration deadline();

    /** Longest wait for a connection, with name look-up and TLS handshake. Nobody but the link itself waits for it. */
    @WithDefault("5s")
    Duration connectTimeout();

    /**
     * Time between heartbeats, each one small command per event loop. Too big finds a dead, emptied or restored server
     * late; too small costs commands where they are billed.
     */
    @WithDefault("1s")
    Duration heartbeat();

    /**
     * Longest silence while we follow a stream and nothing is appended. Too big finds out late that this one connection is
     * dead; too small costs commands where they are billed.
     */
    @WithDefault("1s")
    Duration followBlock();

    /** Begin of every key that we write. Replicas with the same prefix on the same database share everything. */
    @WithDefault("signalbox")
    String keyPrefix();

    /** The deployments that the link knows. */
    enum Mode {
        /** One server, or a proxy that looks like one. */
        STANDALONE
    }

    /** {@code REDISHOST} and its companions. */
    interface Railway {

        /** Host name or address. */
        Optional<String> host();

        /** Port. */
        @WithDefault("6379")
        int port();

        /** User. */
        Optional<String> user();

        /** Password. */
        Optional<String> password();
    }

    /** Whom we believe to be Redis. */
    interface Tls {

        /** PEM file of the certificate authorities to trust instead of the system's. */
        Optional<String> ca();

        /** Whether certificate and host name are checked. Off, anybody in between can read and change everything. */
        @WithDefault("true")
        boolean verify();
    }
}
