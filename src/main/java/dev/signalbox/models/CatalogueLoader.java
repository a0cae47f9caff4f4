package dev.signalbox.models;

import dev.signalbox.http.Representation;
import dev.signalbox.http.RepresentationFactory;
import dev.signalbox.origin.OriginClient;
import dev.signalbox.origin.OriginFailure;
import dev.signalbox.origin.OriginResponse;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Fetches a catalogue, whole or not at all, page after page. */
final class CatalogueLoader {

    private static final Map<String, String> HEADERS =
            Map.of("Accept", ModelsJson.MEDIA_TYPE, "User-Agent", "Signalbox");

    private final CatalogueOrigin origin;
    private final OriginClient client;
    private final Workers workers;
    private final ModelsConfig config;

    CatalogueLoader(CatalogueOrigin origin, OriginClient client, Workers workers, ModelsConfig config) {
        this.origin = origin;
        this.client = client;
        this.workers = workers;
        this.config = config;
    }

    /** The complete answer for a catalogue; fails with {@link OriginFailure}. */
    Uni<Representation> load(String catalogue) {
        Duration timeout = config.timeout();
        return Uni.createFrom()
                .deferred(() -> collect(catalogue, 0, new CatalogueAssembly(config.maxPages())))
                .chain(models -> workers.call(() -> represent(models)))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new OriginFailure.TimedOut(uri(catalogue, 0), timeout, "signalbox.models.timeout"));
    }

    private Uni<List<CatalogueModel>> collect(String catalogue, int offset, CatalogueAssembly assembly) {
        return client.get(uri(catalogue, offset), HEADERS)
                .map(OriginResponse::successful)
                .chain(response -> workers.call(() -> add(response, offset, assembly)))
                .chain(next -> next.isPresent()
                        ? collect(catalogue, next.getAsInt(), assembly)
                        : Uni.createFrom().item(assembly.models()));
    }

    private OptionalInt add(OriginResponse response, int offset, CatalogueAssembly assembly) {
        try {
            CataloguePage page = CatalogueParser.parse(response.body());
            OptionalInt next = assembly.add(page, offset, origin.limitAt(offset, config.pageSize()));
            if (assembly.bytes() > config.maxBytes().asLongValue()) {
                throw new OriginFailure.TooLarge(
                        response.asked(), config.maxBytes().asLongValue(), "signalbox.models.max-bytes");
            }
            return next;
        } catch (CatalogueFault fault) {
            String reason = String.valueOf(fault.getMessage());
            throw fault.isIncomplete()
                    ? new OriginFailure.Incomplete(response.asked(), reason)
                    : new OriginFailure.Malformed(response.asked(), reason);
        }
    }

    private static Representation represent(List<CatalogueModel> models) {
        return RepresentationFactory.of(200, ModelsJson.MEDIA_TYPE, ModelsJson.whole(models));
    }

    private URI uri(String catalogue, int offset) {
        return origin.page(catalogue, offset, config.pageSize());
    }
}
