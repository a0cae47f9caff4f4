package dev.signalbox.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.environment.RedisUrl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one endpoint.
 *
 * <p>A connect of the client may stay pending for ever (a silent server, an error in answer to HELLO), tries only the first
 * address of a name, and leaves its pool unusable when it fails. So this resolves the name itself, tries each address,
 * gives each attempt a client of its own, and throws that away when the time is over.
 */
final class Dialer {

    private final RedisUrl endpoint;
    private final AddressBook addresses;
    private final ClientOptions options;
    private final Duration connectTimeout;

    Dialer(RedisUrl endpoint, AddressBook addresses, ClientOptions options, Duration connectTimeout) {
        this.endpoint = endpoint;
        this.addresses = addresses;
        this.options = options;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Opens one connection, whose socket lives on the event loop of the context. To be called on that event loop.
     *
     * @return fails with a {@link RedisFailure} at the latest after the connect timeout
     */
    Future<Dialed> dial(ContextInternal context) {
        Attempt attempt = new Attempt(context, context.promise());
        long timer = context.setTimer(connectTimeout.toMillis(), id -> attempt.giveUp());
        // Over TLS the certificate is checked against the name, so the name itself has to be dialed.
        Future<List<String>> hosts =
                endpoint.tls() ? context.succeededFuture(List.of(endpoint.host())) : resolve(context);
        var _ = hosts.onSuccess(found -> attempt.tryEach(found, 0)).onFailure(attempt::fail);
        return attempt.promise.future().onComplete(done -> {
            var _ = context.owner().cancelTimer(timer);
        });
    }

    private Future<List<String>> resolve(ContextInternal context) {
        return addresses
                .lookUp(context, endpoint.host())
                .map(found -> found.stream().map(InetAddress::getHostAddress).toList());
    }

    /** A connection and the client that closes it. */
    record Dialed(Redis client, RedisConnection connection) {

        void close() {
            client.close();
        }
    }

    private final class Attempt {

        private final ContextInternal context;
        private final Promise<Dialed> promise;
        private @Nullable Redis client;

        Attempt(ContextInternal context, Promise<Dialed> promise) {
            this.context = context;
            this.promise = promise;
        }

        void tryEach(List<String> hosts, int index) {
            if (promise.future().isComplete()) {
                return;
            }
            RedisOptions chosen = options.forHost(hosts.get(index));
            Redis opened = Redis.createClient(context.owner(), chosen);
            client = opened;
            var _ = connect(opened)
                    .onSuccess(connection -> {
                        if (!promise.tryComplete(new Dialed(opened, connection))) {
                            opened.close();
                        }
                    })
                    .onFailure(cause -> {
                        opened.close();
                        if (index + 1 < hosts.size()) {
                            tryEach(hosts, index + 1);
                        } else {
                            fail(cause);
                        }
                    });
        }

        /** The client throws some of its failures instead of returning them. */
        private Future<RedisConnection> connect(Redis opened) {
            try {
                return opened.connect();
            } catch (RuntimeException refused) {
                return context.failedFuture(refused);
            }
        }

        void giveUp() {
            if (fail(new RedisFailure.Disconnected("no connection within " + connectTimeout.toMillis() + " ms", null))
                    && client != null) {
                client.close();
            }
        }

        @CanIgnoreReturnValue
        boolean fail(Throwable cause) {
            return promise.tryFail(RedisFailures.ofTransport(cause));
        }
    }
}
