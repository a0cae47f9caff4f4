package dev.signalbox.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may come in, and how the edge presents itself. */
@ConfigMapping(prefix = "signalbox.http")
public interface HttpConfig {

    /**
     * Keys of clients, comma-separated, each {@code name:key} or {@code key}. With none, what is for clients is public.
     */
    Optional<String> apiKeys();

    /**
     * Name of the environment. In {@code production} browsers are told to use TLS only from now on (HSTS); without a proxy
     * that speaks TLS the service would then become unreachable for them under that host name.
     */
    @WithDefault("development")
    String environment();
}
