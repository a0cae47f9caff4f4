package dev.signalbox.models;

import dev.signalbox.cache.Cache;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Loaded;
import dev.signalbox.http.Caller;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.RepresentationFactory;
import dev.signalbox.origin.OriginClient;
import dev.signalbox.origin.OriginFailure;
import dev.signalbox.origin.OriginResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The ranking of models that the origin behind {@code ORIGIN_URL} keeps, under {@code /ranking/models}: byte for byte, as long
 * as it is JSON.
 *
 * <p>Safe on every thread; answers arrive on the Vert.x context of the subscriber.
 */
@Singleton
final class RankingService {

    private static final Logger LOG = Logger.getLogger(RankingService.class);
    private static final Category RANKINGS = new Category("rankings");
    private static final String MODELS = "models";
    private static final Map<String, String> HEADERS =
            Map.of("Accept", ModelsJson.MEDIA_TYPE, "User-Agent", "Signalbox");

    private final Cache cache;
    private final OriginClient client;
    private final Workers workers;
    private final OncePerSecond complaints;

    RankingService(Cache cache, OriginClient client, Vertx vertx, InstantSource clock) {
        this.cache = cache;
        this.client = client;
        this.workers = new Workers(vertx);
        this.complaints = new OncePerSecond(clock);
    }

    /**
     * The ranking; fails with {@link ProblemException} where there is no origin, or it has none.
     *
     * @param anew whether it is loaded for this request, whatever is kept
     */
    Uni<CachedAnswer> ranking(boolean anew) {
        Optional<URI> uri =
                client.base().map(base -> URI.create(base.toString().replaceFirst("/+$", "") + "/ranking/models"));
        if (uri.isEmpty()) {
            return Uni.createFrom()
                    .failure(new ProblemException(
                            ProblemType.NOT_FOUND,
                            "There is no ranking of models here: ORIGIN_URL names nobody who keeps one."));
        }
        Supplier<Uni<Loaded>> loader = () -> load(uri.get());
        return (anew
                        ? cache.refresh(RANKINGS, MODELS, Caller.everyone(), loader)
                        : cache.get(RANKINGS, MODELS, Caller.everyone(), loader))
                .onFailure(OriginFailure.class)
                .transform(failure -> OriginProblem.of("The ranking of models", failure));
    }

    private Uni<Loaded> load(URI uri) {
        return client.get(uri, HEADERS)
                .map(OriginResponse::successful)
                .chain(response -> workers.call(() -> loaded(response)))
                .onFailure(OriginFailure.class)
                .invoke(failure -> {
                    if (complaints.isDue()) {
                        LOG.warnf("[Models] The ranking of models was not loaded: %s", failure.getMessage());
                    }
                });
    }

    private static Loaded loaded(OriginResponse response) {
        try {
            boolean isEmpty = Ranking.isEmpty(response.body());
            var ranking = RepresentationFactory.of(200, ModelsJson.MEDIA_TYPE, response.body());
            return isEmpty ? new Loaded.Passing(ranking) : new Loaded.Storable(ranking);
        } catch (CatalogueFault fault) {
            throw new OriginFailure.Malformed(response.asked(), String.valueOf(fault.getMessage()));
        }
    }
}
