package dev.signalbox.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.signalbox.environment.RedisUrl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one endpoint.
 *
 * <p>A connect of the client may stay pending for ever (a silent server, an error in answer to HELLO), tries only the first
 * address of a name, and leaves its pool unusable when it fails. So this resolves the name itself, tries each address with
 * a client of its own for an equal share of the time, and throws away what did not connect.
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

    /** The same for connections that may carry nothing for so long. */
    Dialer silentFor(Duration longest) {
        return new Dialer(endpoint, addresses, options.silentFor(longest), connectTimeout);
    }

    /** Begins to open one connection, whose socket lives on the event loop of the context. To be called on that event loop. */
    Attempt dial(ContextInternal context) {
        Attempt attempt = new Attempt(context);
        long timer = context.setTimer(connectTimeout.toMillis(), id -> attempt.abandon(tooLate()));
        var _ = attempt.outcome().onComplete(done -> {
            var _ = context.owner().cancelTimer(timer);
        });
        // Over TLS the certificate is checked against the name, so the name itself has to be dialed.
        Future<List<String>> hosts =
                endpoint.tls() ? context.succeededFuture(List.of(endpoint.host())) : resolve(context);
        attempt.start(hosts);
        return attempt;
    }

    private Future<List<String>> resolve(ContextInternal context) {
        return addresses
                .lookUp(context, endpoint.host())
                .map(found -> found.stream().map(InetAddress::getHostAddress).toList());
    }

    private RedisFailure tooLate() {
        return new RedisFailure.Disconnected("no connection within " + connectTimeout.toMillis() + " ms", null);
    }

    /** A connection and the client that closes it. */
    record Dialed(Redis client, RedisConnection connection) {

        void close() {
            client.close();
        }
    }

    /** One try to get a connection, to any of the addresses. Used on its event loop only. */
    final class Attempt {

        private final ContextInternal context;
        private final Promise<Dialed> promise;
        private @Nullable Redis client;

        private Attempt(ContextInternal context) {
            this.context = context;
            this.promise = context.promise();
        }

        /** Fails with a {@link RedisFailure} at the latest after the connect timeout. */
        Future<Dialed> outcome() {
            return promise.future();
        }

        /** Ends the attempt, unless it is over. */
        void abandon(RedisFailure cause) {
            Redis opened = client;
            if (fail(cause) && opened != null) {
                opened.close();
            }
        }

        private void start(Future<List<String>> hosts) {
            var _ = hosts.compose(found -> tryFrom(found, 0))
                    .onFailure(this::fail)
                    .onSuccess(dialed -> {
                        if (!promise.tryComplete(dialed)) {
                            dialed.close();
                        }
                    });
        }

        private Future<Dialed> tryFrom(List<String> hosts, int index) {
            if (promise.future().isComplete()) {
                return promise.future();
            }
            Redis opened = Redis.createClient(context.owner(), options.forHost(hosts.get(index)));
            client = opened;
            boolean last = index + 1 == hosts.size();
            Duration share = connectTimeout.dividedBy(hosts.size());
            Future<RedisConnection> connected = connect(opened);
            return (last ? connected : connected.timeout(share.toMillis(), TimeUnit.MILLISECONDS))
                    .map(connection -> new Dialed(opened, connection))
                    .recover(cause -> {
                        opened.close();
                        return last ? context.failedFuture(cause) : tryFrom(hosts, index + 1);
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

        @CanIgnoreReturnValue
        private boolean fail(Throwable cause) {
            return promise.tryFail(RedisFailures.ofTransport(cause));
        }
    }
}
