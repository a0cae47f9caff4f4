package dev.signalbox.origin;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param messages in order; at least one
 * @param maxTokens that the answer may have
 */
public record ChatRequest(List<Message> messages, int maxTokens) {

    /** Copies the messages. */
    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /** One message. */
    public record Message(Role role, String content) {}

    /** Who speaks. */
    public enum Role {
        /** The service. */
        SYSTEM,
        /** Whoever wants something. */
        USER
    }
}
