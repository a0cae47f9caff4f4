package dev.signalbox.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code {"data":[{"id":…},…]}} without making objects of it: each model is remembered by where its bytes are, so
 * that fields nobody here has heard of, and numbers as they were written, survive.
 *
 * <p>Takes some ten milliseconds per megabyte: not for an event loop.
 */
final class CatalogueParser {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] document;
    private final JsonParser json;
    private Optional<List<CatalogueModel>> models = Optional.empty();
    private Optional<Integer> total = Optional.empty();
    private Optional<Integer> returned = Optional.empty();
    private Optional<Boolean> hasMore = Optional.empty();
    private Optional<Integer> nextOffset = Optional.empty();

    private CatalogueParser(byte[] document, JsonParser json) {
        this.document = document;
        this.json = json;
    }

    /**
     * Reads a whole document, to its last byte.
     *
     * @throws CatalogueFault if it is cut, not JSON, or not a list of models
     */
    static CataloguePage parse(byte[] document) throws CatalogueFault {
        try (JsonParser json = JSON.createParser(document)) {
            return new CatalogueParser(document, json).page();
        } catch (JsonEOFException early) {
            throw CatalogueFault.incomplete("sent JSON that ends too early");
        } catch (JsonProcessingException broken) {
            throw CatalogueFault.malformed("sent something that is not JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private CataloguePage page() throws IOException, CatalogueFault {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            field(json.currentName(), json.nextToken());
        }
        if (json.nextToken() != null) {
            throw CatalogueFault.malformed("sent more behind its JSON");
        }
        List<CatalogueModel> found = models.orElseThrow(CatalogueParser::noList);
        return new CataloguePage(found, total, returned, hasMore, nextOffset);
    }

    private void field(String name, JsonToken value) throws IOException, CatalogueFault {
        switch (name) {
            case "data" -> {
                expect(value == JsonToken.START_ARRAY && models.isEmpty());
                models = Optional.of(models());
            }
            case "total" -> total = number(value);
            case "returned" -> returned = number(value);
            case "next_offset" -> nextOffset = number(value);
            case "has_more" -> hasMore = value.isBoolean() ? Optional.of(json.getBooleanValue()) : Optional.empty();
            default -> json.skipChildren();
        }
    }

    private Optional<Integer> number(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            return Optional.of(json.getIntValue());
        }
        json.skipChildren();
        return Optional.empty();
    }

    private List<CatalogueModel> models() throws IOException, CatalogueFault {
        List<CatalogueModel> found = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.START_OBJECT);
            int from = offset();
            ModelFields fields = new ModelFields();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                fields.read(json.currentName(), json.nextToken(), json);
            }
            found.add(fields.model(new JsonSlice(document, from, offset() + 1)));
        }
        return found;
    }

    /** Where the current token begins. */
    private int offset() throws CatalogueFault {
        long offset = json.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            // Jackson found UTF-16 or UTF-32, which it reads as characters; RFC 8259 §8.1 wants UTF-8.
            throw CatalogueFault.malformed("sent JSON that is not UTF-8");
        }
        return Math.toIntExact(offset);
    }

    private static void expect(boolean shape) throws CatalogueFault {
        if (!shape) {
            throw noList();
        }
    }

    private static CatalogueFault noList() {
        return CatalogueFault.malformed("sent no list of models, which is {\"data\":[{\"id\":…},…]}");
    }
}
