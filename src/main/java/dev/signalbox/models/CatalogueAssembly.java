package dev.signalbox.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts pages together and tells when the catalogue is whole. Everything that does not add up is a fault: a partial
 * catalogue that looks like a whole one is worse than none.
 *
 * <p>For one thread at a time.
 */
final class CatalogueAssembly {

    private final int maxPages;
    private long bytes;
    private final List<CatalogueModel> models = new ArrayList<>();
    private Optional<CataloguePage> last = Optional.empty();
    private int pages;

    CatalogueAssembly(int maxPages) {
        this.maxPages = maxPages;
    }

    /** Everything so far, in the order of the origin. */
    List<CatalogueModel> models() {
        return models;
    }

    /** Length of their JSON together. */
    long bytes() {
        return bytes;
    }

    /**
     * Takes the next page.
     *
     * @param offset where it was asked to begin
     * @param limit how many models were asked for
     * @return where the one behind it begins; empty when the catalogue is whole
     * @throws CatalogueFault if the pages cannot be a whole catalogue
     */
    OptionalInt add(CataloguePage page, int offset, int limit) throws CatalogueFault {
        check(page);
        models.addAll(page.models());
        bytes +=
                page.models().stream().mapToLong(model -> model.json().length()).sum();
        last = Optional.of(page);
        pages++;
        return isLast(page, limit) ? end(page) : next(page, offset);
    }

    private boolean isLast(CataloguePage page, int limit) {
        return !page.hasMore()
                .or(() -> page.total().map(total -> models.size() < total))
                .orElseGet(() -> page.models().size() == limit);
    }

    private OptionalInt end(CataloguePage page) throws CatalogueFault {
        if (models.isEmpty()) {
            throw CatalogueFault.malformed("sent an empty catalogue");
        }
        if (page.total().isPresent() && page.total().get() != models.size()) {
            throw CatalogueFault.incomplete(
                    "sent " + models.size() + " of " + page.total().get() + " models");
        }
        return OptionalInt.empty();
    }

    private OptionalInt next(CataloguePage page, int offset) throws CatalogueFault {
        int next = page.nextOffset().orElse(offset + page.models().size());
        if (next <= offset) {
            throw CatalogueFault.incomplete("sent a page that leads nowhere, at model " + offset);
        }
        if (pages == maxPages) {
            throw CatalogueFault.malformed("has more than " + maxPages + " pages (signalbox.models.max-pages)");
        }
        return OptionalInt.of(next);
    }

    private void check(CataloguePage page) throws CatalogueFault {
        int sent = page.models().size();
        if (page.returned().isPresent() && page.returned().get() != sent) {
            throw CatalogueFault.incomplete("sent " + sent + " models and says that these are "
                    + page.returned().get());
        }
        if (last.isPresent() && !last.get().total().equals(page.total())) {
            throw CatalogueFault.incomplete("changed its catalogue while it was being read");
        }
        if (repeatsTheLast(page)) {
            throw CatalogueFault.incomplete("sent a model on two pages that follow each other");
        }
    }

    /** So an origin does that ignores the offset, or whose list moved between two pages. */
    private boolean repeatsTheLast(CataloguePage page) {
        return last.isPresent()
                && !page.models().isEmpty()
                && last.get().models().stream()
                        .anyMatch(model -> model.json()
                                .sameBytesAs(page.models().getFirst().json()));
    }
}
