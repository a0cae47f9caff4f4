package dev.signalbox.models;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one model that matter to questions. */
final class ModelFields {

    private static final Set<String> TEXTS =
            Set.of("id", "name", "description", "provider", "provider_slug", "owned_by", "family", "source_gateway");

    private static final Pattern LEADING_LETTERS = Pattern.compile("^[a-z]+");

    private final Map<String, String> texts = new HashMap<>();
    private final List<String> gateways = new ArrayList<>();

    /** Takes a field whose value the parser stands on, or skips it. */
    void read(String name, JsonToken value, JsonParser json) throws IOException {
        if (value == JsonToken.VALUE_STRING && TEXTS.contains(name)) {
            texts.put(name, json.getText());
        } else if (value == JsonToken.START_ARRAY && "source_gateways".equals(name)) {
            readGateways(json);
        } else {
            json.skipChildren();
        }
    }

    /**
     * The model.
     *
     * @throws CatalogueFault if it has no name to be found by
     */
    CatalogueModel model(JsonSlice json) throws CatalogueFault {
        String id = text("id");
        if (id.isEmpty()) {
            throw CatalogueFault.malformed("sent a model without an id");
        }
        if (!text("source_gateway").isEmpty()) {
            gateways.add(lower(text("source_gateway")));
        }
        String provider = lower(provider(id));
        String searchText = lower(String.join("\n", id, text("name"), provider, text("description")));
        return new CatalogueModel(id, provider, List.copyOf(gateways), family(id), searchText, json);
    }

    private void readGateways(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                gateways.add(lower(json.getText()));
            } else {
                json.skipChildren();
            }
        }
    }

    private String provider(String id) {
        for (String field : List.of("provider", "provider_slug", "owned_by")) {
            if (!text(field).isEmpty()) {
                return text(field);
            }
        }
        int slash = id.indexOf('/');
        return slash < 0 ? "" : id.substring(0, slash);
    }

    /** Given, or the letters that its own name begins with: {@code gpt} of {@code openai/gpt-5-mini}. */
    private String family(String id) {
        if (!text("family").isEmpty()) {
            return lower(text("family"));
        }
        Matcher letters = LEADING_LETTERS.matcher(lower(id.substring(id.lastIndexOf('/') + 1)));
        return letters.find() ? letters.group() : "";
    }

    private String text(String field) {
        return texts.getOrDefault(field, "");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
