package dev.signalbox.origin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

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

    private final Vertx vertx;
    private final OriginConfig config;
    private final OriginHealth health;
    private final ExchangeBounds bounds;
    private final HttpClient client;

    /** Connects to nothing yet. */
    public OriginClient(Vertx vertx, OriginConfig config, OriginHealth health) {
        this.vertx = vertx;
        this.config = config;
        this.health = health;
        this.bounds = ExchangeBounds.of(config);
        this.client = vertx.createHttpClient(bounds.options(), new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
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
        Question question = Question.get(uri, headers, Optional.empty(), BodyInterest.ALWAYS);
        return Exchange.ask(vertx, client, bounds, question)
                .invoke(response -> health.answered(response.status()))
                .onFailure(OriginFailure.class)
                .invoke(health::failed);
    }
}
