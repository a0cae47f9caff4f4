package dev.signalbox.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.http.AdminIdentity;
import dev.signalbox.http.AdminKeyRequired;
import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.models.ModelsWarmer;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Loads what is expensive before anybody asks for it. */
@Path("/api/cache/warm")
@AdminKeyRequired
public class CacheWarmResource {

    private static final String EVERY_GATEWAY = "all";
    private static final int MOST_GATEWAYS = 50;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final ModelsWarmer models;
    private final AuditLog audit;
    private final Ticker ticker;

    CacheWarmResource(ModelsWarmer models, AuditLog audit, Ticker ticker) {
        this.models = models;
        this.audit = audit;
        this.ticker = ticker;
    }

    /**
     * What to load.
     *
     * @param category {@code models}, the only one whose entries are known before they are asked for
     * @param gateways whose catalogues to load; without any, the catalogue of all
     */
    public record Wanted(
            @Nullable String category, @Nullable List<String> gateways) {}

    /**
     * What became of it.
     *
     * @param success whether every source was loaded
     */
    public record Report(boolean success, String category, List<SourceReport> sources) {}

    /**
     * One source.
     *
     * @param models that its catalogue has now; absent where there is none
     * @param error what kept it from being loaded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceReport(
            String source,
            boolean refreshed,
            @Nullable Integer models,
            @JsonProperty("duration_ms") long durationMillis,
            @Nullable String error) {}

    /** Loads it now, at most once a second for each source, and reports for each. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Report> warm(@Nullable Wanted wanted, @Context ContainerRequestContext request) {
        List<String> gateways = gateways(wanted);
        List<Uni<SourceReport>> loads = gateways.stream().map(this::load).toList();
        audit.done(AdminIdentity.of(request), "warmed: models of " + String.join(", ", gateways));
        return Uni.join()
                .all(loads)
                .andCollectFailures()
                .map(sources -> new Report(
                        sources.stream().allMatch(SourceReport::refreshed),
                        ManagedCategories.MODELS.name(),
                        new ArrayList<>(sources)));
    }

    private static List<String> gateways(@Nullable Wanted wanted) {
        if (wanted == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The body is empty: send {\"category\":\"models\"}");
        }
        if (!ManagedCategories.MODELS.name().equals(wanted.category())) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "category", "must be models: of other categories nobody knows what will be asked for")));
        }
        List<String> gateways = wanted.gateways();
        if (gateways == null || gateways.isEmpty()) {
            return List.of(EVERY_GATEWAY);
        }
        if (gateways.size() > MOST_GATEWAYS) {
            throw ProblemException.invalid(
                    List.of(new Problem.FieldError("gateways", "must be at most " + MOST_GATEWAYS)));
        }
        List<Problem.FieldError> errors = IntStream.range(0, gateways.size())
                .filter(index -> !isGateway(gateways.get(index)))
                .mapToObj(index -> new Problem.FieldError(
                        "gateways[" + index + "]", "must be 1 to 64 of a-z, 0-9, dot, dash and underscore"))
                .toList();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return gateways;
    }

    private static boolean isGateway(@Nullable String text) {
        return text != null && ModelsWarmer.isGateway(text);
    }

    private Uni<SourceReport> load(String gateway) {
        long began = ticker.read();
        return models.warm(gateway)
                .map(warmed -> new SourceReport(
                        gateway,
                        !warmed.isStale(),
                        warmed.models(),
                        millisSince(began),
                        warmed.isStale() ? "The origin failed; what was kept before is served." : null))
                .onFailure(ProblemException.class)
                .recoverWithItem(
                        failure -> new SourceReport(gateway, false, null, millisSince(began), failure.getMessage()));
    }

    private long millisSince(long beganNanos) {
        return (ticker.read() - beganNanos) / NANOS_PER_MILLI;
    }
}
