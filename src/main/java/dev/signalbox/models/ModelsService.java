package dev.signalbox.models;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.OriginClient;
import dev.signalbox.origin.OriginFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers questions about models from one catalogue for each gateway, kept whole.
 *
 * <p>Safe on every thread; answers arrive on the Vert.x context of the subscriber.
 */
@Singleton
final class ModelsService {

    private static final Logger LOG = Logger.getLogger(ModelsService.class);
    private static final Category MODELS = new Category("models");

    private final Cache cache;
    private final CatalogueOrigin origin;
    private final CatalogueLoader loader;
    private final CatalogueAnswers answers;
    private final HitLog hits;
    private final OncePerSecond complaints;

    ModelsService(Cache cache, OriginClient client, Vertx vertx, ModelsConfig config, InstantSource clock) {
        this.cache = cache;
        this.origin = CatalogueOrigin.of(client.base(), config.url());
        this.loader = new CatalogueLoader(origin, client, new Workers(vertx), config);
        this.answers = new CatalogueAnswers(vertx, config, origin.source());
        this.hits = new HitLog(clock);
        this.complaints = new OncePerSecond(clock);
    }

    /** How a catalogue is asked for: {@link Cache#get} or {@link Cache#refresh}. */
    private interface Access {
        Uni<CachedAnswer> of(Category category, String key, Caller caller, Supplier<Uni<Loaded>> loader);
    }

    /**
     * The models that match; fails with {@link ProblemException} where no catalogue can be had.
     *
     * @param anew whether the catalogue is loaded for this request, whatever is kept
     */
    Uni<CachedAnswer> list(ModelsQuery query, boolean anew) {
        ModelsQuery rest = origin.within(query);
        Uni<CachedAnswer> whole = catalogue(query.gateway(), anew);
        return rest.isAboutAll() ? whole : whole.chain(answer -> answers.list(answer, rest));
    }

    /**
     * One model; fails with {@link ProblemException} where there is none, or no catalogue can be had.
     *
     * @param anew whether the catalogue is loaded for this request, whatever is kept
     */
    Uni<CachedAnswer> detail(String id, boolean anew) {
        return catalogue(ModelsQuery.ALL, anew)
                .chain(answer -> answers.detail(answer, id))
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No model has this id. GET /api/models?search= finds ids by a part of them.")));
    }

    /** The whole catalogue in which the models of a gateway are found. */
    Uni<CachedAnswer> catalogue(String gateway, boolean anew) {
        String catalogue = origin.catalogueOf(gateway);
        Access access = anew ? cache::refresh : cache::get;
        return access.of(MODELS, catalogue, Caller.everyone(), () -> load(catalogue))
                .invoke(answer -> {
                    if (answer.source().isHit()) {
                        hits.hit(answer.representation());
                    }
                })
                .onFailure(OriginFailure.class)
                .transform(failure -> problem(failure, gateway));
    }

    private Uni<Loaded> load(String catalogue) {
        return loader.load(catalogue)
                .onFailure(OriginFailure.class)
                .invoke(failure -> {
                    if (complaints.isDue()) {
                        LOG.warnf("[Models] Catalogue %s not loaded: %s", catalogue, failure.getMessage());
                    }
                })
                .map(whole -> new Loaded.Storable(whole));
    }

    private static ProblemException problem(OriginFailure failure, String gateway) {
        boolean gatewayRefused = failure instanceof OriginFailure.BadAnswer bad
                && (bad.status() == 400 || bad.status() == 422)
                && !gateway.equals(ModelsQuery.ALL);
        if (gatewayRefused) {
            return ProblemException.invalid(List.of(new Problem.FieldError("gateway", "is not known to the origin")));
        }
        return OriginProblem.of("The model catalogue", failure);
    }
}
