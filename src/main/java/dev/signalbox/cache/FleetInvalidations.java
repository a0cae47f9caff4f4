package dev.signalbox.cache;

import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** Invalidates here at once, and on every replica through Redis. */
final class FleetInvalidations implements Invalidations {

    private final MarkSender sender;

    FleetInvalidations(MarkSender sender) {
        this.sender = sender;
    }

    @Override
    public Uni<Durability> invalidate(Set<Scope> scopes, Strength strength) {
        List<Mark> marks =
                scopes.stream().map(scope -> Mark.of(scope, strength)).toList();
        return Uni.createFrom().deferred(() -> sender.make(marks));
    }
}
