package dev.signalbox.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who may come in, and how the edge presents itself. */
@ConfigMapping(prefix = "signalbox.http")
public interface HttpConfig {

    /**
     * Keys of clients, comma-separated, each {@code name:key} or {@code key}. A name is 1 to 64 letters, digits, dots,
     * dashes, underscores or {@code @}; two keys of one name are two keys of one client, so that a key can be replaced
     * without a gap. A key without a name is called by the first 16 hex digits of its SHA-256. With no key at all, what is
     * for clients is public. The time to check a credential grows with the number of keys: some 10 ns each.
     */
    Optional<String> apiKeys();

    /**
     * Web origins whose pages may read answers, comma-separated, each {@code https://host[:port]}, or {@code *} for all.
     * A trailing slash is forgiven. With none, browsers show answers to pages of this very origin only. Too many: pages of
     * others can use a key that their visitor typed in.
     */
    Optional<List<String>> corsOrigins();

    /**
     * Name of the environment. In {@code production} browsers are told to use TLS only from now on (HSTS); without a proxy
     * that speaks TLS the service would then become unreachable for them under that host name.
     */
    @WithDefault("development")
    String environment();
}
