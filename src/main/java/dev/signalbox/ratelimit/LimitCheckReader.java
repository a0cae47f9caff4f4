package dev.signalbox.ratelimit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.http.Problem.FieldError;
import dev.signalbox.http.Requester.KeyHolder;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Limit.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one {@link LimitCheck}, and notes every field that is not valid. */
final class LimitCheckReader {

    private static final List<String> FIELDS = List.of("cost", "id", "key", "kind", "limit", "mode", "window_seconds");
    private static final int LONGEST_KEY = 512;
    private static final long MOST_UNITS = 1_000_000_000;
    private static final long UNITS_PER_SECOND = 1_000_000;
    private static final long DAY_SECONDS = 86_400;
    private static final long LONGEST_MONTH_SECONDS = 31 * DAY_SECONDS;
    private static final long SHORTEST_MONTH_SECONDS = 28 * DAY_SECONDS;

    private final JsonNode check;
    private final String where;
    private final List<FieldError> errors;
    private final int errorsBefore;

    /**
     * A reader of one check.
     *
     * @param where in the body it stands
     * @param errors to add to
     */
    LimitCheckReader(JsonNode check, String where, List<FieldError> errors) {
        this.check = check.isObject() ? check : JsonNodeFactory.instance.objectNode();
        this.where = where;
        this.errors = errors;
        this.errorsBefore = errors.size();
        if (!check.isObject()) {
            errors.add(new FieldError(where, "must be an object"));
        }
    }

    /** The check; empty where it is not valid. */
    Optional<LimitCheck> read(KeyHolder asking) {
        if (errors.size() > errorsBefore) {
            return Optional.empty();
        }
        onlyKnownFields();
        String key = key();
        long amount = number("limit", 0, MOST_UNITS);
        long cost = number("cost", 1, MOST_UNITS);
        long seconds = number("window_seconds", 0, Limit.LONGEST.toSeconds());
        Optional<Kind> kind = kind(seconds);
        if (kind.isPresent() && amount <= MOST_UNITS && amount > seconds * UNITS_PER_SECOND) {
            wrong("limit", "must be at most one unit per microsecond of the window");
        }
        Optional<Purpose> purpose = purpose();
        if (errors.size() > errorsBefore || kind.isEmpty() || purpose.isEmpty()) {
            return Optional.empty();
        }
        Limit limit = Limit.of(nameOf(kind.get()), amount, kind.get());
        return Optional.of(
                new LimitCheck(key, new Claim(asking.subject(key), List.of(new Demand(limit, cost)), purpose.get())));
    }

    /** Without the amount: who changes it goes on counting. */
    private static String nameOf(Kind kind) {
        return switch (kind) {
            case Kind.Rate rate -> "check-rate-" + rate.window().toSeconds();
            case Kind.Window window when window.period() == CalendarPeriod.DAY -> "check-day";
            case Kind.Window month -> "check-month";
            case Kind.Concurrency slots -> "check-slots-" + slots.lease().toSeconds();
        };
    }

    private void onlyKnownFields() {
        check.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                wrong(field, "is not known; known are " + String.join(", ", FIELDS));
            }
        });
    }

    private String key() {
        String key = text("key", "");
        // Half a surrogate pair cannot be encoded: any two of them would be the same key.
        if (key.isEmpty()
                || key.length() > LONGEST_KEY
                || key.indexOf('\0') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            wrong("key", "must be a text of 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    private long number(String field, long otherwise, long most) {
        JsonNode number = check.path(field);
        boolean isAbsent = number.isMissingNode() || number.isNull();
        boolean isWhole = number.isIntegralNumber() && number.canConvertToLong();
        long value = isAbsent ? otherwise : (isWhole ? number.longValue() : 0);
        if (value < 1 || value > most) {
            wrong(field, "must be a whole number from 1 to " + most);
        }
        return value;
    }

    private Optional<Kind> kind(long seconds) {
        boolean isTime = seconds >= 1 && seconds <= Limit.LONGEST.toSeconds();
        return switch (text("kind", "rate")) {
            case "rate" -> isTime ? Optional.of(new Kind.Rate(Duration.ofSeconds(seconds))) : Optional.empty();
            case "window" -> isTime ? window(seconds) : Optional.empty();
            default -> {
                wrong("kind", "must be rate or window");
                yield Optional.empty();
            }
        };
    }

    private Optional<Kind> window(long seconds) {
        if (seconds == DAY_SECONDS) {
            return Optional.of(new Kind.Window(CalendarPeriod.DAY));
        }
        if (seconds % DAY_SECONDS == 0 && seconds >= SHORTEST_MONTH_SECONDS && seconds <= LONGEST_MONTH_SECONDS) {
            return Optional.of(new Kind.Window(CalendarPeriod.MONTH));
        }
        wrong(
                "window_seconds",
                "must be, of kind window, 86400 for a day or 2592000 for a month of the calendar (UTC)");
        return Optional.empty();
    }

    private Optional<Purpose> purpose() {
        return switch (text("mode", "consume")) {
            case "consume" -> Optional.of(new Purpose.Take());
            case "peek" -> Optional.of(new Purpose.Look());
            case "refund" -> refund();
            default -> {
                wrong("mode", "must be consume, peek or refund");
                yield Optional.empty();
            }
        };
    }

    private Optional<Purpose> refund() {
        Optional<Receipt> receipt = Receipt.parse(text("id", ""));
        if (receipt.isEmpty()) {
            wrong("id", "must be the id that the consume was answered with");
        }
        return receipt.map(Purpose.Return::new);
    }

    private String text(String field, String otherwise) {
        JsonNode text = check.path(field);
        return text.isMissingNode() || text.isNull() ? otherwise : (text.isTextual() ? text.textValue() : "");
    }

    private void wrong(String field, String detail) {
        errors.add(new FieldError(where + "." + field, detail));
    }
}
