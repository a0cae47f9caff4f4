package dev.signalbox.premium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;

/**
 * What a payment buys.
 *
 * @param plan how it is called
 * @param days for how long, 1 or more
 * @param reference by which the payment is known to whoever received it
 */
record GrantTerms(String plan, int days, String reference) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Duration duration() {
        return Duration.ofDays(days);
    }

    /** As it is kept. */
    String text() {
        return JSON.createObjectNode()
                .put("plan", plan)
                .put("duration_days", days)
                .put("reference", reference)
                .toString();
    }

    /** Reads {@link #text()}; empty for what says no duration. */
    static Optional<GrantTerms> parse(String text) {
        try {
            JsonNode kept = JSON.readTree(text);
            int days = kept.path("duration_days").asInt();
            return days < 1
                    ? Optional.empty()
                    : Optional.of(new GrantTerms(
                            kept.path("plan").asText(),
                            days,
                            kept.path("reference").asText()));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
