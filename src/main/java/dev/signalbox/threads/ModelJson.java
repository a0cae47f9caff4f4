package dev.signalbox.threads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads posts that a model has written as JSON, which nobody asked it to do. */
final class ModelJson {

    /** Forgives what models get wrong. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> TEXT_FIELDS = List.of("content", "text", "tweet", "post");

    /** More than a bracket, with which a sentence may begin. */
    private static final Pattern START = Pattern.compile("\\{\\s*+[\"}]|\\[\\s*+[\"{\\]]");

    private ModelJson() {}

    /** Whether it is JSON or was meant to be. */
    static boolean isMeantBy(String text) {
        return START.matcher(text).lookingAt() || (text.startsWith("{") && text.endsWith("}"));
    }

    /**
     * The posts of a list of strings or of objects with one text each, alone or as the one list of an object.
     *
     * @return empty if it is anything else
     */
    static Optional<List<String>> posts(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return (root.isObject() ? onlyList(root) : Optional.of(root))
                    .filter(JsonNode::isArray)
                    .flatMap(ModelJson::texts);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> onlyList(JsonNode object) {
        List<JsonNode> lists = new ArrayList<>();
        for (JsonNode member : object) {
            if (member.isArray()) {
                lists.add(member);
            }
        }
        return lists.size() == 1 ? Optional.of(lists.getFirst()) : Optional.empty();
    }

    private static Optional<List<String>> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list) {
            List<JsonNode> found = item.isTextual()
                    ? List.of(item)
                    : TEXT_FIELDS.stream()
                            .map(item::path)
                            .filter(JsonNode::isTextual)
                            .toList();
            if (found.size() != 1) {
                return Optional.empty();
            }
            texts.add(ThreadText.of(found.getFirst().textValue()).value());
        }
        return Optional.of(texts);
    }
}
