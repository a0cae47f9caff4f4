package dev.signalbox.origin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Asks servers that somebody else has chosen, over HTTP/1.1, each at the very address that was checked: no name is looked up
 * here, so no answer of a name server can come between the check and the connection. TLS certificates and host names are
 * verified, redirects are answers like any other, no connection is kept and no cookie.
 *
 * <p>Says nothing about the health of the origin. Safe on every thread; answers arrive on the Vert.x context of the
 * subscriber.
 */
public final class PinnedClient {

    /** Whoever asks has to know how many are enough; here nobody should wait for a connection. */
    private static final int CONNECTIONS_PER_HOST = 10_000;

    private final Vertx vertx;
    private final ExchangeBounds bounds;
    private final HttpClient client;

    /** Connects to nothing yet. */
    public PinnedClient(Vertx vertx, ExchangeBounds bounds) {
        this(vertx, bounds, bounds.options());
    }

    PinnedClient(Vertx vertx, ExchangeBounds bounds, HttpClientOptions options) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.client = vertx.createHttpClient(
                options.setKeepAlive(false), new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
    }

    /**
     * Asks for a resource. Cancelling closes the connection.
     *
     * @param uri absolute; names the port and what the server must prove to be
     * @param server where to connect to
     * @param headers sent beside Host and Accept-Encoding
     * @param interest which bodies are read; the others are taken as empty
     * @return the answer, whatever its status; fails with {@link OriginFailure} and nothing else
     */
    public Uni<OriginResponse> get(
            URI uri, InetSocketAddress server, Map<String, String> headers, BodyInterest interest) {
        InetAddress address = server.getAddress();
        SocketAddress pinned = SocketAddress.inetSocketAddress(server.getPort(), address.getHostAddress());
        return Exchange.ask(vertx, client, bounds, Question.get(uri, headers, Optional.of(pinned), interest));
    }
}
