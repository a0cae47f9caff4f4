package dev.signalbox.admin;

import dev.signalbox.admin.InvalidationPlan.Entry;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Caller;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Decides what a request for an invalidation covers.
 *
 * <p>A category alone is all of it. With {@code key} it says where the key is; with {@code caller}, where that caller's
 * entries are. A {@code tag} stands for itself beside the rest.
 */
@Singleton
final class InvalidationPlanner {

    /** The catalogue of every gateway: it holds the models of each one too. */
    private static final String EVERY_GATEWAY = "all";

    private final ManagedCategories categories;

    InvalidationPlanner(ManagedCategories categories) {
        this.categories = categories;
    }

    /**
     * Decides.
     *
     * @throws ProblemException 400 for a category that is not known, 422 for fields that do not go together
     */
    InvalidationPlan plan(InvalidationRequest request) {
        if (request.isEmpty()) {
            throw invalid("category", "is missing: send a category, tag, key, gateway or caller");
        }
        SequencedSet<Category> named = named(request);
        checkTogether(request, named);
        Set<Scope> coarse = new LinkedHashSet<>();
        List<Entry> entries = List.of();
        SequencedSet<Category> touched = named;
        if (request.gateway().isPresent()) {
            entries = catalogues(request.gateway().get());
            touched = one(ManagedCategories.MODELS);
        } else if (request.key().isPresent()) {
            entries = List.of(entry(request, named.getFirst(), request.key().get()));
        } else if (request.caller().isPresent()) {
            Caller caller = caller(request.caller().get());
            touched = ofCaller(request, named);
            touched.forEach(category -> coarse.add(new Scope.OfCaller(category, caller)));
        } else if (isAll(request)) {
            coarse.add(new Scope.Everything());
        } else {
            named.forEach(category -> coarse.add(new Scope.OfCategory(category)));
        }
        request.tag().ifPresent(tag -> coarse.add(new Scope.OfTag(tag)));
        return new InvalidationPlan(
                coarse,
                entries,
                touched.stream().map(Category::name).toList(),
                request.tag().stream().toList(),
                request.soft() ? Strength.SOFT : Strength.HARD);
    }

    private static boolean isAll(InvalidationRequest request) {
        return request.category().filter(ManagedCategories.ALL::equals).isPresent();
    }

    private SequencedSet<Category> named(InvalidationRequest request) {
        if (request.category().isEmpty()) {
            return new LinkedHashSet<>();
        }
        return isAll(request)
                ? categories.all()
                : one(categories
                        .named(request.category().get())
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.BAD_REQUEST,
                                "This category is not known. There are " + categories.names() + ".")));
    }

    private static void checkTogether(InvalidationRequest request, SequencedSet<Category> named) {
        if (request.gateway().isPresent()) {
            if (request.category().isPresent() && !named.equals(one(ManagedCategories.MODELS))) {
                throw invalid("gateway", "goes with category models only");
            }
            if (request.key().isPresent() || request.caller().isPresent()) {
                throw invalid("gateway", "does not go with key and caller: catalogues belong to nobody");
            }
        } else if (request.key().isPresent() && (named.isEmpty() || isAll(request))) {
            throw invalid("key", "wants the one category that it is a key of");
        }
    }

    private static List<Entry> catalogues(String gateway) {
        Entry whole = new Entry(ManagedCategories.MODELS, Caller.everyone(), EVERY_GATEWAY);
        return gateway.equals(EVERY_GATEWAY)
                ? List.of(whole)
                : List.of(new Entry(ManagedCategories.MODELS, Caller.everyone(), gateway), whole);
    }

    private Entry entry(InvalidationRequest request, Category category, String key) {
        Optional<Caller> caller = request.caller().map(InvalidationPlanner::caller);
        if (categories.isPublic(category)) {
            if (caller.isPresent()) {
                throw publicCategory(category);
            }
            return new Entry(category, Caller.everyone(), key);
        }
        return new Entry(
                category,
                caller.orElseThrow(() -> invalid(
                        "caller",
                        "is missing: in category " + category.name() + " each caller has entries of its own")),
                key);
    }

    private SequencedSet<Category> ofCaller(InvalidationRequest request, SequencedSet<Category> named) {
        if (named.isEmpty() || isAll(request)) {
            return categories.ofCallers();
        }
        if (categories.isPublic(named.getFirst())) {
            throw publicCategory(named.getFirst());
        }
        return named;
    }

    private static Caller caller(String digits) {
        return new Caller(digits.toLowerCase(Locale.ROOT));
    }

    private static SequencedSet<Category> one(Category category) {
        return new LinkedHashSet<>(List.of(category));
    }

    private static ProblemException publicCategory(Category category) {
        return invalid("caller", "does not go with category " + category.name() + ": its entries are everyone's");
    }

    private static ProblemException invalid(String field, String detail) {
        return ProblemException.invalid(List.of(new FieldError(field, detail)));
    }
}
