package dev.signalbox.premium;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.http.ClientAddress;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.http.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A grant as somebody has asked for it, each field well formed.
 *
 * @param subject for whom
 */
record GrantRequest(Subject subject, GrantTerms terms) {

    private static final Pattern PLAN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern REFERENCE = Pattern.compile("[!-~]{5,200}");
    private static final String DEFAULT_PLAN = "premium";
    private static final int DEFAULT_DAYS = 30;
    private static final int MOST_DAYS = 3_660;

    private static final List<String> FIELDS =
            List.of("email", "api_key_name", "ip", "plan", "duration_days", "payment_reference");

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 for what is no object, 422 that names every field that is not valid
     */
    static GrantRequest read(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "The body must be an object: send {\"email\":\"…\",\"payment_reference\":\"…\"} for instance.");
        }
        Reader reader = new Reader(body);
        Optional<Subject> subject = reader.subject();
        String plan = reader.text("plan", PLAN.asMatchPredicate(), "must be 1 to 64 of letters, digits, _, . and -")
                .orElse(DEFAULT_PLAN);
        int days = reader.days();
        Optional<String> reference = reader.text(
                "payment_reference", REFERENCE.asMatchPredicate(), "must be 5 to 200 visible ASCII characters");
        if (!body.hasNonNull("payment_reference")) {
            reader.errors.add(new FieldError(
                    "payment_reference", "is missing: it tells one payment from another, so that none counts twice"));
        }
        reader.finish();
        return new GrantRequest(subject.orElseThrow(), new GrantTerms(plan, days, reference.orElseThrow()));
    }

    /** Collects what is wrong, so that a client is told everything at once. */
    private static final class Reader {

        private final JsonNode body;
        private final List<FieldError> errors = new ArrayList<>();

        Reader(JsonNode body) {
            this.body = body;
        }

        Optional<Subject> subject() {
            List<Optional<Subject>> named = new ArrayList<>();
            named(named, "email", text -> EmailAddress.parse(text).map(Subject::of), "must be an e-mail address");
            named(
                    named,
                    "api_key_name",
                    text -> Requester.KeyHolder.named(text).map(holder -> Subject.ofKey(holder.keyName())),
                    "must be the name of a key: 1 to 64 of letters, digits, _, ., @ and -");
            named(named, "ip", text -> ClientAddress.parse(text).map(Subject::of), "must be an IP address");
            if (named.size() != 1) {
                errors.add(
                        new FieldError("email", "or api_key_name or ip must say for whom: send exactly one of them"));
                return Optional.empty();
            }
            return named.getFirst();
        }

        private void named(
                List<Optional<Subject>> named,
                String field,
                Function<String, Optional<Subject>> read,
                String expected) {
            if (body.hasNonNull(field)) {
                named.add(text(field, text -> read.apply(text).isPresent(), expected)
                        .flatMap(read));
            }
        }

        Optional<String> text(String field, Predicate<String> form, String expected) {
            JsonNode value = body.path(field);
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isTextual()) {
                errors.add(new FieldError(field, "must be text"));
                return Optional.empty();
            }
            if (!form.test(value.textValue())) {
                errors.add(new FieldError(field, expected));
            }
            return Optional.of(value.textValue());
        }

        int days() {
            JsonNode value = body.path("duration_days");
            if (value.isMissingNode() || value.isNull()) {
                return DEFAULT_DAYS;
            }
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_DAYS) {
                errors.add(new FieldError("duration_days", "must be a whole number from 1 to " + MOST_DAYS));
            }
            return value.intValue();
        }

        void finish() {
            for (Map.Entry<String, JsonNode> member : body.properties()) {
                if (!FIELDS.contains(member.getKey())) {
                    errors.add(
                            new FieldError("(a field)", "is not known here: there are " + String.join(", ", FIELDS)));
                }
            }
            if (!errors.isEmpty()) {
                throw ProblemException.invalid(errors);
            }
        }
    }
}
