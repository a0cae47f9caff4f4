package dev.signalbox.models;

import dev.signalbox.http.Problem;
import dev.signalbox.http.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question to the catalogue.
 *
 * @param gateway through which the models are offered; {@code all} for any
 * @param limit how many to send; without it all that match
 * @param offset how many of those that match to leave out first
 * @param terms texts, in lower case, that all must occur
 * @param provider who offers them, in lower case
 */
record ModelsQuery(String gateway, Optional<Integer> limit, int offset, List<String> terms, Optional<String> provider) {

    /** Any gateway. */
    static final String ALL = "all";

    /** How a gateway is named. */
    static final Pattern GATEWAY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int LARGEST_LIMIT = 10_000;
    private static final int LONGEST_TEXT = 200;

    ModelsQuery {
        terms = List.copyOf(terms);
    }

    /**
     * Reads the parameters of a request; an empty one counts as absent.
     *
     * @throws ProblemException that names every parameter that is not valid
     */
    static ModelsQuery read(Function<String, @Nullable String> parameters) {
        List<Problem.FieldError> errors = new ArrayList<>();
        Optional<String> gateway = text(parameters, "gateway");
        if (!gateway.map(GATEWAY.asMatchPredicate()::test).orElse(true)) {
            errors.add(new Problem.FieldError(
                    "gateway",
                    "must be 1 to 64 of a-z, 0-9, dot, dash and underscore, beginning with a letter or digit"));
        }
        Optional<Integer> limit = number(parameters, "limit", 1, LARGEST_LIMIT, errors);
        Optional<Integer> offset = number(parameters, "offset", 0, 999_999_999, errors);
        Optional<String> search = shortText(parameters, "search", errors);
        Optional<String> provider = shortText(parameters, "provider", errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new ModelsQuery(
                gateway.orElse(ALL),
                limit,
                offset.orElse(0),
                search.map(found -> Arrays.asList(found.split("\\s+"))).orElse(List.of()),
                provider);
    }

    /** Whether the answer is the whole catalogue. */
    boolean isAboutAll() {
        return gateway.equals(ALL) && limit.isEmpty() && offset == 0 && terms.isEmpty() && provider.isEmpty();
    }

    /** The same question to a catalogue that holds the models of one gateway only. */
    ModelsQuery throughAnyGateway() {
        return new ModelsQuery(ALL, limit, offset, terms, provider);
    }

    /** Whether a model is asked for, its place in the list left aside. */
    boolean matches(CatalogueModel model) {
        return (gateway.equals(ALL) || model.isOffered(gateway))
                && (provider.isEmpty() || model.provider().equals(provider.get()))
                && terms.stream().allMatch(model.searchText()::contains);
    }

    private static Optional<String> text(Function<String, @Nullable String> parameters, String name) {
        return Optional.ofNullable(parameters.apply(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<String> shortText(
            Function<String, @Nullable String> parameters, String name, List<Problem.FieldError> errors) {
        Optional<String> text = text(parameters, name).map(found -> found.toLowerCase(Locale.ROOT));
        if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
            errors.add(new Problem.FieldError(name, "must have at most " + LONGEST_TEXT + " characters"));
        }
        return text;
    }

    private static Optional<Integer> number(
            Function<String, @Nullable String> parameters,
            String name,
            int least,
            int most,
            List<Problem.FieldError> errors) {
        Optional<String> text = text(parameters, name);
        Optional<Integer> number = text.filter(NUMBER.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(found -> found >= least && found <= most);
        if (text.isPresent() && number.isEmpty()) {
            errors.add(new Problem.FieldError(name, "must be a whole number from " + least + " to " + most));
        }
        return number;
    }
}
