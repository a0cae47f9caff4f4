package dev.signalbox.redis;

import dev.signalbox.environment.RedisUrl;
import java.util.Optional;

/** Which of the configured addresses is used: the first that is set wins. */
final class EndpointChoice {

    private EndpointChoice() {}

    /** The endpoint that the configuration names; empty where none is. */
    static Optional<RedisUrl> from(RedisConfig config) {
        RedisConfig.Railway railway = config.railway();
        return config.url()
                .or(config::privateUrl)
                .map(RedisUrl::parse)
                .or(() -> config.host()
                        .map(host -> plain(host, config.port(), config.username(), config.password(), config.db())))
                .or(() ->
                        railway.host().map(host -> plain(host, railway.port(), railway.user(), railway.password(), 0)))
                .or(() -> config.publicUrl().map(RedisUrl::parse));
    }

    private static RedisUrl plain(String host, int port, Optional<String> username, Optional<String> password, int db) {
        return new RedisUrl(false, host, port, username, password, db);
    }
}
