package dev.signalbox.admin;

import dev.signalbox.cache.CacheInspection;
import dev.signalbox.cache.Invalidations;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.Durability;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Invalidates what an operator asks for, and says beforehand about how much that is. */
@Singleton
final class InvalidationService {

    private final Invalidations invalidations;
    private final CacheInspection inspection;
    private final KeyCensus census;
    private final AuditLog audit;

    InvalidationService(Invalidations invalidations, CacheInspection inspection, KeyCensus census, AuditLog audit) {
        this.invalidations = invalidations;
        this.inspection = inspection;
        this.census = census;
        this.audit = audit;
    }

    /** About how many entries a plan covers; exact for single entries, empty where nobody can tell. */
    Uni<OptionalLong> entries(InvalidationPlan plan) {
        return single(plan.entries())
                .chain(single -> plan.coarse().isEmpty() || single.isEmpty()
                        ? Uni.createFrom().item(single)
                        : coarse(plan, single.getAsLong()));
    }

    /** Does it. Completes with where the invalidation rests. */
    Uni<Durability> invalidate(InvalidationPlan plan, AdminIdentity who) {
        return invalidations
                .invalidate(plan.scopes(), plan.strength())
                .invoke(durability -> audit.done(
                        who, "invalidated (" + plan.strength() + ", kept in " + durability + "): " + plan.text()));
    }

    private Uni<OptionalLong> coarse(InvalidationPlan plan, long single) {
        return census.take().map(taken -> {
            OptionalLong covered =
                    taken.map(keys -> keys.covered(plan.coarse())).orElseGet(OptionalLong::empty);
            return covered.isPresent() ? OptionalLong.of(covered.getAsLong() + single) : covered;
        });
    }

    private Uni<OptionalLong> single(List<InvalidationPlan.Entry> entries) {
        return entries.isEmpty()
                ? Uni.createFrom().item(OptionalLong.of(0))
                : Uni.join()
                        .all(entries.stream()
                                .map(entry -> inspection.holds(entry.category(), entry.key(), entry.caller()))
                                .toList())
                        .andFailFast()
                        .map(InvalidationService::number);
    }

    private static OptionalLong number(List<Optional<Boolean>> held) {
        return held.stream().allMatch(Optional::isPresent)
                ? OptionalLong.of(
                        held.stream().filter(known -> known.orElse(false)).count())
                : OptionalLong.empty();
    }
}
