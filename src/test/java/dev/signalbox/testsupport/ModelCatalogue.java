package dev.signalbox.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The recorded catalogue of {@code src/test/resources/models.json}: 687 models that exist. */
public final class ModelCatalogue {

    private final ObjectMapper json = new ObjectMapper();
    private final byte[] whole;
    private final ArrayNode models;

    private ModelCatalogue(byte[] whole) throws IOException {
        this.whole = whole;
        this.models = (ArrayNode) json.readTree(whole).required("data");
    }

    /** Reads the recording. */
    public static ModelCatalogue recorded() {
        try (InputStream resource = ModelCatalogue.class.getResourceAsStream("/models.json")) {
            if (resource == null) {
                throw new IllegalStateException("models.json is not among the test resources");
            }
            return new ModelCatalogue(resource.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How many models there are. */
    public int size() {
        return models.size();
    }

    /** One model, counted from 0. */
    public JsonNode model(int index) {
        return models.required(index);
    }

    /** The document {@code {"data":[…]}} as it was recorded, 264,930 bytes. */
    public byte[] whole() {
        return whole.clone();
    }

    /** A page as seed 1's back end makes it; {@code next_offset} is null on the last one. */
    byte[] page(int offset, int limit) {
        int end = Math.min(models.size(), offset + limit);
        ObjectNode page = json.createObjectNode().put("object", "list");
        ArrayNode data = page.putArray("data");
        for (int index = offset; index < end; index++) {
            data.add(models.get(index));
        }
        page.put("total", models.size())
                .put("returned", data.size())
                .put("offset", offset)
                .put("limit", limit)
                .put("has_more", end < models.size());
        if (end < models.size()) {
            page.put("next_offset", end);
        } else {
            page.putNull("next_offset");
        }
        try {
            return json.writeValueAsString(page).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
