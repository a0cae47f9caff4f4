package dev.signalbox.origin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks other servers over HTTP/1.1, keeping connections. TLS certificates and host names are verified, redirects are
 * answers like any other.
 *
 * <p>Safe on every thread; answers arrive on the Vert.x context of the subscriber.
 */
@ApplicationScoped
public class OriginClient {

    // Enough for every page of every gateway at once; one slow host cannot take more sockets than this.
    private static final int CONNECTIONS_PER_HOST = 32;

    // Below the five seconds after which Node closes idle connections: a request must not meet a closing one.
    private static final int IDLE_SECONDS = 4;

    // Some origins send long policies and cookies; the default of 8 KB refuses them.
    private static final int HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final OriginConfig config;
    private final OriginHealth health;
    private final HttpClient client;

    /** Connects to nothing yet. */
    public OriginClient(Vertx vertx, OriginConfig config, OriginHealth health) {
        this.vertx = vertx;
        this.config = config;
        this.health = health;
        int connectMillis = Math.toIntExact(config.connectTimeout().toMillis());
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(connectMillis)
                        .setSslHandshakeTimeout(connectMillis)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setKeepAliveTimeout(IDLE_SECONDS)
                        .setMaxHeaderSize(HEADER_BYTES),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
    }

    /** The base address of the origin, if there is one; see {@link OriginConfig#url()}. */
    public Optional<URI> base() {
        return config.url();
    }

    /**
     * Asks for a resource. Cancelling closes the connection.
     *
     * @param uri absolute
     * @param headers sent beside Host and Accept-Encoding
     * @return the answer, whatever its status; fails with {@link OriginFailure} and nothing else
     */
    public Uni<OriginResponse> get(URI uri, Map<String, String> headers) {
        return Uni.createFrom().deferred(() -> {
            Exchange exchange = new Exchange(vertx, client, config, uri);
            return Uni.createFrom()
                    .completionStage(() -> exchange.get(headers).toCompletionStage())
                    .invoke(response -> health.answered(response.status()))
                    .onFailure(OriginFailure.class)
                    .invoke(health::failed)
                    .onCancellation()
                    .invoke(exchange::abort);
        });
    }
}
