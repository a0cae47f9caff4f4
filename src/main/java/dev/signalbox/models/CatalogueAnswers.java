package dev.signalbox.models;

import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.http.Representation;
import dev.signalbox.http.RepresentationFactory;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Makes answers out of a whole catalogue. Everything is worked out once for each state of the catalogue, on worker threads:
 * the index of its models, and each answer with its tag and its compressed form.
 */
final class CatalogueAnswers {

    private static final int MODEL_BYTES = 512;

    private final Memo<String, CatalogueIndex> indexes;
    private final Memo<Question, Optional<Representation>> known;
    private final String source;

    CatalogueAnswers(Vertx vertx, ModelsConfig config, String source) {
        this.indexes = new Memo<>(vertx, config.maxIndexBytes().asLongValue(), CatalogueAnswers::weighIndex);
        this.known = new Memo<>(vertx, config.maxAnswerBytes().asLongValue(), CatalogueAnswers::weighAnswer);
        this.source = source;
    }

    /** Those models of a catalogue that a question is about. */
    Uni<CachedAnswer> list(CachedAnswer whole, ModelsQuery query) {
        return answer(whole, query, index -> Optional.of(list(index, query))).map(Optional::orElseThrow);
    }

    /** One model of a catalogue, and models like it; empty if it has none of that id. */
    Uni<Optional<CachedAnswer>> detail(CachedAnswer whole, String id) {
        return answer(
                whole,
                id,
                index -> index.find(id).map(model -> ModelsJson.detail(model, index.related(model), source)));
    }

    private Uni<Optional<CachedAnswer>> answer(CachedAnswer whole, Object question, Answerer answerer) {
        String tag = whole.representation().etag();
        byte[] catalogue = whole.representation().identity();
        return indexes.get(tag, () -> CatalogueIndex.of(catalogue))
                .chain(index -> known.get(new Question(tag, question), () -> represent(answerer.answer(index))))
                .map(found -> found.map(whole::as));
    }

    private static byte[] list(CatalogueIndex index, ModelsQuery query) {
        List<CatalogueModel> matching = index.matching(query);
        int from = Math.min(query.offset(), matching.size());
        int limit = query.limit().orElse(matching.size());
        int to = Math.min(from + limit, matching.size());
        return ModelsJson.list(matching.subList(from, to), matching.size(), query.offset(), limit);
    }

    private static int weighIndex(String tag, CatalogueIndex index) {
        return saturated(index.models().stream()
                .mapToLong(model -> model.json().length() + MODEL_BYTES)
                .sum());
    }

    private static int weighAnswer(Question question, Optional<Representation> answer) {
        return saturated(MODEL_BYTES + answer.map(CatalogueAnswers::bytes).orElse(0L));
    }

    private static long bytes(Representation answer) {
        byte[] gzip = answer.gzip();
        return answer.identity().length + (gzip == null ? 0L : gzip.length);
    }

    private static int saturated(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static Optional<Representation> represent(Optional<byte[]> body) {
        return body.map(bytes -> RepresentationFactory.of(200, ModelsJson.MEDIA_TYPE, bytes));
    }

    /**
     * Names an answer.
     *
     * @param tag of the catalogue it is made from
     * @param asked a {@link ModelsQuery}, or the id of a model
     */
    private record Question(String tag, Object asked) {}

    /** Makes the body of an answer, if there is one. */
    private interface Answerer {
        Optional<byte[]> answer(CatalogueIndex index);
    }
}
