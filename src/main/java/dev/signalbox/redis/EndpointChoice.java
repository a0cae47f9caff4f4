package dev.signalbox.redis;

import dev.signalbox.environment.RedisUrl;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Optional;

/** Which of the configured addresses is used: the first that is set wins. */
final class EndpointChoice {

    private EndpointChoice() {}

    /**
     * The endpoint that the configuration names; empty where none is.
     *
     * @throws ConfigurationException if it names one in a way that cannot be understood; shows no secret
     */
    static Optional<RedisUrl> from(RedisConfig config) {
        RedisConfig.Railway railway = config.railway();
        return config.url()
                .map(url -> parse("url", url))
                .or(() -> config.privateUrl().map(url -> parse("private-url", url)))
                .or(() -> config.host()
                        .map(host -> plain(host, config.port(), config.username(), config.password(), config.db())))
                .or(() ->
                        railway.host().map(host -> plain(host, railway.port(), railway.user(), railway.password(), 0)))
                .or(() -> config.publicUrl().map(url -> parse("public-url", url)));
    }

    private static RedisUrl parse(String property, String url) {
        try {
            return RedisUrl.parse(url);
        } catch (IllegalArgumentException refusal) {
            throw new ConfigurationException("signalbox.redis." + property + ": " + refusal.getMessage(), refusal);
        }
    }

    private static RedisUrl plain(String host, int port, Optional<String> username, Optional<String> password, int db) {
        return new RedisUrl(false, host, port, username, password, db);
    }
}
