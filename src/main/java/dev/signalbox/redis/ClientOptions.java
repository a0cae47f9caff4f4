package dev.signalbox.redis;

import dev.signalbox.environment.RedisUrl;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The settings of every client that is created for one endpoint. */
final class ClientOptions {

    private final RedisUrl endpoint;
    private final RedisConfig config;
    private final Duration silence;

    /** For connections that carry every heartbeat. */
    ClientOptions(RedisUrl endpoint, RedisConfig config) {
        this(endpoint, config, config.heartbeat());
    }

    private ClientOptions(RedisUrl endpoint, RedisConfig config, Duration silence) {
        this.endpoint = endpoint;
        this.config = config;
        this.silence = silence;
    }

    /** The same for connections that may carry nothing for so long. */
    ClientOptions silentFor(Duration longest) {
        return new ClientOptions(endpoint, config, longest);
    }

    /**
     * One connection that never queues, to one of the endpoint's hosts.
     *
     * @param host a name or an address literal
     */
    RedisOptions forHost(String host) {
        RedisOptions options = new RedisOptions()
                .setConnectionString(uri(host))
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(Pipeline.MAX_IN_FLIGHT)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                // One shape of replies, whatever the server could speak.
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                // A random name, the default, would make new meters for each client.
                .setPoolName("link");
        NetClientOptions net = options.getNetClientOptions()
                .setMetricsName("redis|link")
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                // The only hard close of a socket with unsent bytes; a good one is never silent for so long.
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(idleTimeout().toMillis()))
                .setHostnameVerificationAlgorithm(config.tls().verify() ? "HTTPS" : "");
        if (endpoint.tls()) {
            config.tls().ca().ifPresent(ca -> net.setTrustOptions(new PemTrustOptions().addCertPath(ca)));
            net.setTrustAll(!config.tls().verify());
        }
        return options;
    }

    private Duration idleTimeout() {
        Duration threeTimes = silence.multipliedBy(3);
        return threeTimes.plus(config.deadline());
    }

    private String uri(String host) {
        String shown = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        String user = endpoint.username().map(ClientOptions::encode).orElse("");
        String login = endpoint.password()
                .map(password -> user + ':' + encode(password) + '@')
                .orElse("");
        // Without a database the client sends no SELECT: one round trip less, and one permission.
        String database = endpoint.db() == 0 ? "" : "/" + endpoint.db();
        return (endpoint.tls() ? "rediss://" : "redis://") + login + shown + ':' + endpoint.port() + database;
    }

    private static String encode(String text) {
        // Percent-encoded to the last blank: in between, the client reads the address as a URI.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
