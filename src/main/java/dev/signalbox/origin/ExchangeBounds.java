package dev.signalbox.origin;

import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one exchange may take.
 *
 * @param connectTimeout time to connect, TLS included
 * @param timeout time from asking to the last byte, connecting included
 * @param maxBodyBytes largest body, before and after decompression, at most 1 GiB
 * @param properties prefix of the properties that set {@code timeout} and {@code max-body-bytes}, for those who read what
 *     was exceeded
 */
public record ExchangeBounds(Duration connectTimeout, Duration timeout, int maxBodyBytes, String properties) {

    // Some servers send long policies and cookies; the default of 8 KB refuses them.
    private static final int HEADER_BYTES = 64 * 1024;

    // Below the five seconds after which Node and uvicorn close idle connections: a request must not meet a closing
    // one, and
    // one that is not idempotent is not sent again.
    private static final int IDLE_SECONDS = 4;

    static ExchangeBounds of(OriginConfig config) {
        return new ExchangeBounds(
                config.connectTimeout(),
                config.timeout(),
                Math.toIntExact(config.maxBodyBytes().asLongValue()),
                "signalbox.origin");
    }

    /** Those of these bounds that a client of Vert.x can keep. */
    HttpClientOptions options() {
        int connectMillis = Math.toIntExact(connectTimeout.toMillis());
        return new HttpClientOptions()
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(HEADER_BYTES);
    }

    OriginFailure timedOut(URI asked) {
        return new OriginFailure.TimedOut(asked, timeout, properties + ".timeout");
    }

    OriginFailure tooLarge(URI asked) {
        return new OriginFailure.TooLarge(asked, maxBodyBytes, properties + ".max-body-bytes");
    }
}
