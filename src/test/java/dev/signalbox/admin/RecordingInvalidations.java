package dev.signalbox.admin;

import dev.signalbox.cache.Invalidations;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was to be invalidated, for tests of who asks for it. */
@Alternative
@Singleton
final class RecordingInvalidations implements Invalidations {

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    record Asked(Set<Scope> scopes, Strength strength) {}

    @Override
    public Uni<Durability> invalidate(Set<Scope> scopes, Strength strength) {
        return Uni.createFrom().item(() -> {
            asked.add(new Asked(scopes, strength));
            return Durability.REDIS;
        });
    }
}
