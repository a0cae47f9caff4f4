package dev.signalbox.threads;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread and how it was made, the body of an answer.
 *
 * <p>The body is kept without its last member, {@code cached}, which each answer gets by adding bytes to bytes.
 *
 * @param thread the posts
 * @param title what the text is called, if anything
 */
record GeneratedThread(List<Tweet> thread, @Nullable String title) {

    /** Who made it: the splitter, of which a later release may have more than one kind. */
    static final String METHOD = "builtin";

    private static final String SOURCE_TYPE = "text";
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();
    private static final byte[] CACHED = ",\"cached\":true}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOT_CACHED = ",\"cached\":false}".getBytes(StandardCharsets.UTF_8);

    /** The JSON object without {@code cached} and without its closing brace. */
    byte[] openBody() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeArrayFieldStart("thread");
            for (Tweet tweet : thread) {
                write(tweet, json);
            }
            json.writeEndArray();
            json.writeStringField("source_type", SOURCE_TYPE);
            json.writeStringField("title", title);
            json.writeStringField("method", METHOD);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private static void write(Tweet tweet, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", tweet.number());
        json.writeNumberField("total", tweet.total());
        json.writeStringField("content", tweet.content());
        json.writeNumberField("character_count", tweet.characterCount());
        json.writeEndObject();
    }

    /** The whole body of one answer. */
    static Buffer body(byte[] openBody, boolean cached) {
        byte[] end = cached ? CACHED : NOT_CACHED;
        return Buffer.buffer(openBody.length + end.length).appendBytes(openBody).appendBytes(end);
    }
}
