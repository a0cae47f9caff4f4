package dev.signalbox.cache;

import dev.signalbox.http.Representation;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A loader that counts its calls. */
final class Loads implements Supplier<Uni<Loaded>> {

    private final IntFunction<Uni<Loaded>> load;
    private final AtomicInteger calls = new AtomicInteger();

    private Loads(IntFunction<Uni<Loaded>> load) {
        this.load = load;
    }

    /** Gives what a function makes of the number of the call, from 1. */
    static Loads making(IntFunction<Uni<Loaded>> load) {
        return new Loads(load);
    }

    static Loads of(Representation answer) {
        return making(call -> storable(answer));
    }

    /** Gives the text with the number of the call, such as {@code v1}. */
    static Loads counting(String text) {
        return making(call -> storable(Bodies.text(text + call)));
    }

    /** Gives what the test gives it, when the test does. */
    static Loads held(CompletableFuture<Loaded> result) {
        return making(call -> Uni.createFrom().emitter(emitter -> {
            var _ = result.whenComplete((loaded, failure) -> {
                if (failure == null) {
                    emitter.complete(loaded);
                } else {
                    emitter.fail(failure);
                }
            });
        }));
    }

    static Uni<Loaded> storable(Representation answer) {
        return Uni.createFrom().item(new Loaded.Storable(answer));
    }

    @Override
    public Uni<Loaded> get() {
        return load.apply(calls.incrementAndGet());
    }

    int calls() {
        return calls.get();
    }
}
