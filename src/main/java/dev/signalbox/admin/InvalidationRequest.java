package dev.signalbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.models.ModelsWarmer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants invalidated, each field as it was sent and well formed.
 *
 * @param category name of a category, or {@code all}
 * @param tag of entries of any category
 * @param key in the canonical spelling of its category
 * @param gateway whose catalogue of models is meant
 * @param caller whose entries are meant, as 64 hex digits
 * @param soft mark entries stale instead of dropping them
 * @param dryRun say what would be done, and do nothing
 */
record InvalidationRequest(
        Optional<String> category,
        Optional<String> tag,
        Optional<String> key,
        Optional<String> gateway,
        Optional<String> caller,
        boolean soft,
        boolean dryRun) {

    private static final int LONGEST_KEY = 4_096;

    /** Printable ASCII without blanks: what one entry of {@code Surrogate-Key} can be. */
    private static final Pattern TAG = Pattern.compile("[!-~]{1,200}");

    private static final Pattern KEY = Pattern.compile("\\P{Cntrl}{1," + LONGEST_KEY + "}");
    private static final Pattern CALLER = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

    private static final List<String> FIELDS =
            List.of("category", "tag", "key", "gateway", "caller", "soft", "dry_run");

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 for what is no object, 422 that names every field that is not valid
     */
    static InvalidationRequest read(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "The body must be an object: send {\"category\":\"models\"} for instance.");
        }
        Reader reader = new Reader(body);
        InvalidationRequest request = new InvalidationRequest(
                reader.text("category", ANY, ""),
                reader.text("tag", TAG, "must be 1 to 200 printable ASCII characters without blanks"),
                reader.text("key", KEY, "must be 1 to " + LONGEST_KEY + " characters without control characters"),
                reader.text(
                        "gateway", ModelsWarmer::isGateway, "must be 1 to 64 of a-z, 0-9, dot, dash and underscore"),
                reader.text(
                        "caller",
                        CALLER,
                        "must be the 64 hex digits that listings show for a caller: names of callers are not known to"
                                + " this version, and a credential is never to be sent here"),
                reader.flag("soft"),
                reader.flag("dry_run"));
        reader.finish();
        return request;
    }

    /** Whether nothing says what is to be invalidated. */
    boolean isEmpty() {
        return category.isEmpty() && tag.isEmpty() && key.isEmpty() && gateway.isEmpty() && caller.isEmpty();
    }

    /** Collects what is wrong, so that a client is told everything at once. */
    private static final class Reader {

        private final JsonNode body;
        private final List<FieldError> errors = new ArrayList<>();

        Reader(JsonNode body) {
            this.body = body;
        }

        Optional<String> text(String field, Pattern form, String expected) {
            return text(field, form.asMatchPredicate(), expected);
        }

        Optional<String> text(String field, Predicate<String> form, String expected) {
            JsonNode value = body.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isTextual()) {
                errors.add(new FieldError(field, "must be text"));
            } else if (!form.test(value.textValue())) {
                errors.add(new FieldError(field, expected));
            }
            return Optional.ofNullable(value.textValue());
        }

        boolean flag(String field) {
            JsonNode value = body.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
                errors.add(new FieldError(field, "must be true or false"));
            }
            return value.booleanValue();
        }

        void finish() {
            for (Map.Entry<String, JsonNode> member : body.properties()) {
                if (!FIELDS.contains(member.getKey())) {
                    errors.add(new FieldError(
                            shown(member.getKey()), "is not known here: there are " + String.join(", ", FIELDS)));
                }
            }
            if (!errors.isEmpty()) {
                throw ProblemException.invalid(errors);
            }
        }

        /** Somebody may have put a value where a name belongs. */
        private static String shown(String name) {
            return name.matches("[A-Za-z0-9_.-]{1,40}") ? name : "(a field)";
        }
    }
}
