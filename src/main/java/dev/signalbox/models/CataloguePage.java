package dev.signalbox.models;

import java.util.List;
import java.util.Optional;

/**
 * What an origin answered: models, and what it says about how many there are.
 *
 * @param models in the order of the origin
 * @param total how many there are in all
 * @param returned how many it believes to have sent
 * @param hasMore whether there are more behind these
 * @param nextOffset where those begin
 */
record CataloguePage(
        List<CatalogueModel> models,
        Optional<Integer> total,
        Optional<Integer> returned,
        Optional<Boolean> hasMore,
        Optional<Integer> nextOffset) {

    CataloguePage {
        models = List.copyOf(models);
    }
}
