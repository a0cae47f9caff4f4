package dev.signalbox.origin;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How the slow backend behind us is found and how long we put up with it. */
@ConfigMapping(prefix = "signalbox.origin")
public interface OriginConfig {

    /**
     * Base address of the origin, {@code ORIGIN_URL}: http or https, with or without a path, without a query. Unset:
     * every feature uses what it has of its own.
     */
    Optional<@WithConverter(HttpAddress.class) URI> url();

    /**
     * Time to connect, TLS included, more than zero. Too short fails on a slow network; too long makes a dead host cost
     * its callers this much.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("5s")
    Duration connectTimeout();

    /**
     * Time for one exchange from asking to the last byte, connecting included, more than zero. Too short gives up on
     * answers that would have come; too long lets callers hang on an origin that is frozen.
     */
    @WithConverter(PositiveDuration.class)
    @WithDefault("30s")
    Duration timeout();

    /**
     * Largest body that is read, before and after decompression. Too small refuses good answers; too large lets one
     * answer take this much memory twice.
     */
    @WithConverter(BodyLimit.class)
    @WithDefault("16M")
    MemorySize maxBodyBytes();
}
