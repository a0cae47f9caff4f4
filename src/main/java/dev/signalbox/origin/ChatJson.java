package dev.signalbox.origin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How questions and answers are spelled: the chat completions of OpenAI's API. */
final class ChatJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAX_TOKENS = "max_tokens";
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

    /** More than any model can: a number beyond it is none. */
    private static final long MOST_TOKENS = 10_000_000;

    private ChatJson() {}

    /** @param isNewer whether the model is one of those that know {@code max_completion_tokens} only */
    static Buffer body(ChatRequest request, String model, boolean isNewer) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        for (ChatRequest.Message message : request.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.content());
        }
        body.put(isNewer ? "max_completion_tokens" : MAX_TOKENS, request.maxTokens());
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads an answer whose status says yes.
     *
     * @throws OriginFailure.Malformed if it is not one
     */
    static ChatAnswer answer(URI asked, byte[] body) {
        JsonNode answer = parse(asked, body);
        JsonNode choice = answer.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new OriginFailure.Malformed(asked, "sent JSON that is no chat completion");
        }
        JsonNode text = choice.path("message").path("content");
        String content = text.isTextual() ? text.textValue() : "";
        boolean wasEnded = choice.path("finish_reason").asText("stop").equals("stop");
        JsonNode usage = answer.path("usage");
        return new ChatAnswer(
                content,
                wasEnded && !content.isBlank(),
                tokens(usage, "prompt_tokens"),
                tokens(usage, "completion_tokens"));
    }

    /**
     * What a refusal says about its cause, in the words of the API: its code and the parameter it is about. Never its sentence,
     * which may repeat the question or parts of the key. Empty where it says nothing of the kind.
     */
    static List<String> causes(byte[] refusal) {
        JsonNode error;
        try {
            error = JSON.readTree(refusal).path("error");
        } catch (IOException other) {
            return List.of();
        }
        return Stream.of("type", "code", "param")
                .map(name -> error.path(name).asText(""))
                .filter(WORD.asMatchPredicate())
                .distinct()
                .toList();
    }

    /** Whether a refusal is about the name under which the length of the answer was sent: new models know another one only. */
    static boolean isAboutMaxTokens(byte[] refusal) {
        return causes(refusal).contains(MAX_TOKENS);
    }

    private static JsonNode parse(URI asked, byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException garbage) {
            throw new OriginFailure.Malformed(asked, "sent an answer that is not JSON");
        }
    }

    private static long tokens(JsonNode usage, String name) {
        long said = usage.path(name).asLong(0);
        return said < 0 || said > MOST_TOKENS ? 0 : said;
    }
}
