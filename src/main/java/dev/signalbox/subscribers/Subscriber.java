package dev.signalbox.subscribers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.records.Member;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Somebody who wants to be written to.
 *
 * @param email as it is kept
 * @param source where the address was left, as the client called it
 * @param since when it subscribed, for the first time since it was last deleted
 */
public record Subscriber(String email, Optional<String> source, Instant since) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMAIL = "email";
    private static final String SOURCE = "source";

    /** What is said about a member of the set. Neither the client's address nor what its browser is called is anybody's need. */
    static String data(EmailAddress email, Optional<String> source) {
        ObjectNode data = JSON.createObjectNode().put(EMAIL, email.text());
        source.ifPresent(name -> data.put(SOURCE, name));
        return data.toString();
    }

    static Subscriber of(Member member) {
        Member.Addition addition = member.since();
        JsonNode data = read(addition.data());
        return new Subscriber(
                data.path(EMAIL).asText(),
                Optional.ofNullable(data.path(SOURCE).textValue()),
                Instant.EPOCH.plus(addition.at().micros(), ChronoUnit.MICROS));
    }

    /** One line of an export. */
    public String json() {
        ObjectNode line = JSON.createObjectNode().put(EMAIL, email).put("subscribed_at", since.toString());
        source.ifPresent(name -> line.put(SOURCE, name));
        return line.toString();
    }

    private static JsonNode read(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException foreign) {
            // Without its text: that is an address.
            throw new IllegalStateException("a subscriber cannot be read: a later version has written it");
        }
    }

    @Override
    public String toString() {
        return "a subscriber since " + since;
    }
}
