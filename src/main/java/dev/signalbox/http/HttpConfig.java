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
     * Whether browsers are told to use TLS only from now on (HSTS). On behind a proxy that speaks TLS; on without one, the
     * service becomes unreachable for browsers under that host name.
     */
    @WithDefault("false")
    boolean strictTransportSecurity();
}
