package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Loads catalogues before anybody asks for them, for those who manage the cache. */
@Singleton
public class ModelsWarmer {

    private final ModelsService models;

    ModelsWarmer(ModelsService models) {
        this.models = models;
    }

    /** Whether a text could name a gateway: then a catalogue may be kept under it. */
    public static boolean isGateway(String text) {
        return ModelsQuery.GATEWAY.matcher(text).matches();
    }

    /**
     * What became of one catalogue.
     *
     * @param models that it has now
     * @param isStale whether the origin failed, and what was kept before is what there is
     */
    public record Warmed(int models, boolean isStale) {}

    /**
     * Loads the catalogue of a gateway now, at most once a second, and keeps it.
     *
     * @param gateway as in {@code GET /api/models?gateway=}; {@code all} for the catalogue of all
     * @return fails with a problem where the origin fails and nothing is kept, or there is no such gateway
     */
    public Uni<Warmed> warm(String gateway) {
        if (!isGateway(gateway)) {
            throw ProblemException.invalid(List.of(new Problem.FieldError("gateway", "is not a name of a gateway")));
        }
        return models.catalogue(gateway, true).map(ModelsWarmer::warmed);
    }

    private static Warmed warmed(CachedAnswer answer) {
        return new Warmed(ModelsJson.totalOf(answer.representation().identity()), answer.isStale());
    }
}
