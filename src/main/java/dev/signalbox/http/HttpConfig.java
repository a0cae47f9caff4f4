package dev.signalbox.http;

import dev.signalbox.environment.EnvironmentName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
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
     * Keys of those who manage the service, {@code ADMIN_API_KEYS}, in the form of {@link #apiKeys()}; their names stand in
     * the log beside what they did. With none, management is refused in {@code production}; elsewhere a random key is made
     * and logged once at each start.
     */
    Optional<String> adminApiKeys();

    /**
     * Web origins whose pages may read answers, comma-separated, each {@code https://host[:port]}, or {@code *} for all.
     * A trailing slash is forgiven. With none, browsers show answers to pages of this very origin only. Too many: pages of
     * others can use a key that their visitor typed in.
     */
    Optional<List<String>> corsOrigins();

    /**
     * Proxies of ours between clients and this service, {@code TRUSTED_PROXY_HOPS}, 0 to 100: the client is the address that
     * the outermost of them wrote to the right of {@code X-Forwarded-For}. Too few: all who come through the same proxy count
     * as one. Too many: everybody chooses the address to count for.
     */
    @WithConverter(UpToOneHundred.class)
    @WithDefault("0")
    int trustedProxyHops();

    /**
     * Name of the environment. In {@code production} browsers are told to use TLS only from now on (HSTS); without a proxy
     * that speaks TLS the service would then become unreachable for them under that host name. And nobody can manage the
     * service who has no key.
     */
    @WithConverter(EnvironmentName.class)
    @WithDefault("development")
    String environment();
}
