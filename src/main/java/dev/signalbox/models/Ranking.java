package dev.signalbox.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A list of anything in JSON: {@code […]}, or {@code {"data":[…],…}}. */
final class Ranking {

    private static final JsonFactory JSON = new JsonFactory();

    private Ranking() {}

    /**
     * Whether there is nothing in it. Takes some ten milliseconds per megabyte: not for an event loop.
     *
     * @throws CatalogueFault if it is not JSON to its last byte, or neither array nor object
     */
    static boolean isEmpty(byte[] document) throws CatalogueFault {
        try (JsonParser json = JSON.createParser(document)) {
            boolean isEmpty = switch (json.nextToken()) {
                case START_ARRAY -> isEmptyArray(json);
                case START_OBJECT -> isWithoutData(json);
                case null, default -> throw CatalogueFault.malformed("sent no list");
            };
            if (json.nextToken() != null) {
                throw CatalogueFault.malformed("sent more behind its JSON");
            }
            return isEmpty;
        } catch (JsonProcessingException broken) {
            throw CatalogueFault.malformed("sent something that is not JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isEmptyArray(JsonParser json) throws IOException {
        boolean isEmpty = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            isEmpty = false;
        }
        return isEmpty;
    }

    private static boolean isWithoutData(JsonParser json) throws IOException {
        boolean isEmpty = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && field.equals("data")) {
                isEmpty = isEmptyArray(json);
            } else {
                json.skipChildren();
            }
        }
        return isEmpty;
    }
}
