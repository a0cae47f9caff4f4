package dev.signalbox.threads;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/** Reads a JSON string and refuses what Jackson would make one of: a number, a boolean. */
final class StrictString extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1;

    StrictString() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return json.hasToken(JsonToken.VALUE_STRING)
                ? json.getText()
                : (String) context.handleUnexpectedToken(String.class, json);
    }
}
