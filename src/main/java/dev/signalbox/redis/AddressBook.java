package dev.signalbox.redis;

import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the addresses of a name, on a worker thread.
 *
 * <p>A resolver that hangs holds one thread, not one per attempt: while a look-up is under way, others wait for it.
 */
final class AddressBook {

    private final Resolver resolver;
    private final AtomicReference<@Nullable CompletableFuture<List<InetAddress>>> pending = new AtomicReference<>();

    AddressBook(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Every address of the name, of both families, in the order of the resolver. */
    Future<List<InetAddress>> lookUp(ContextInternal context, String host) {
        CompletableFuture<List<InetAddress>> ours = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> running = pending.compareAndExchange(null, ours);
        if (running != null) {
            return Future.fromCompletionStage(running, context);
        }
        var _ = context.executeBlocking(() -> List.of(resolver.addressesOf(host)), false)
                .onComplete(result -> {
                    pending.set(null);
                    if (result.succeeded()) {
                        var _ = ours.complete(result.result());
                    } else {
                        var _ = ours.completeExceptionally(result.cause());
                    }
                });
        return Future.fromCompletionStage(ours, context);
    }

    /** Knows the addresses of names; may block. */
    @FunctionalInterface
    interface Resolver {

        /** Every address of a name or of a literal, at least one. */
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }
}
