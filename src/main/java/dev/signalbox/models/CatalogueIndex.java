package dev.signalbox.models;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole catalogue, ready for questions. Immutable.
 *
 * @param models in the order of the origin
 */
record CatalogueIndex(List<CatalogueModel> models) {

    private static final int MOST_RELATED = 12;

    CatalogueIndex {
        models = List.copyOf(models);
    }

    /** Reads a complete answer of ours. */
    static CatalogueIndex of(byte[] completeAnswer) {
        try {
            return new CatalogueIndex(CatalogueParser.parse(completeAnswer).models());
        } catch (CatalogueFault notOurs) {
            throw new IllegalStateException("a stored catalogue " + notOurs.getMessage(), notOurs);
        }
    }

    /** Every model that a question is about, its offset and limit left aside. */
    List<CatalogueModel> matching(ModelsQuery query) {
        return models.stream().filter(query::matches).toList();
    }

    /** The model of that id, or of that id behind its provider and a slash; the first where there are more. */
    Optional<CatalogueModel> find(String id) {
        return models.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .or(() -> models.stream()
                        .filter(model -> id.equals(model.provider() + "/" + model.id()))
                        .findFirst());
    }

    /** Up to 12 other models: of its provider and family, then of its provider, then of its family. Each id once. */
    List<CatalogueModel> related(CatalogueModel model) {
        Set<String> seen = new HashSet<>(Set.of(model.id()));
        return models.stream()
                .filter(other -> distance(model, other) < 3)
                .sorted(Comparator.comparingInt(other -> distance(model, other))) // stable
                .filter(other -> seen.add(other.id()))
                .limit(MOST_RELATED)
                .toList();
    }

    private static int distance(CatalogueModel model, CatalogueModel other) {
        boolean sameProvider = !model.provider().isEmpty() && model.provider().equals(other.provider());
        boolean sameFamily = !model.family().isEmpty() && model.family().equals(other.family());
        if (sameProvider) {
            return sameFamily ? 0 : 1;
        }
        return sameFamily ? 2 : 3;
    }
}
