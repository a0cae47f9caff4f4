package dev.signalbox.threads;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.signalbox.premium.UnitUsage;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A thread and how it was made, the body of an answer.
 *
 * <p>The body is kept without its last members, {@code cached} and {@code usage}, which each answer gets by adding bytes to
 * bytes.
 *
 * @param sourceType {@code text} or {@code url}
 */
record GeneratedThread(String sourceType, Manuscript manuscript, Draft draft) {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

    /** The JSON object without {@code cached}, {@code usage} and its closing brace. */
    byte[] openBody() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeBooleanField("success", true);
            json.writeArrayFieldStart("thread");
            for (Tweet tweet : draft.posts()) {
                write(tweet, json);
            }
            json.writeEndArray();
            json.writeStringField("source_type", sourceType);
            json.writeStringField("title", manuscript.title());
            json.writeStringField("method", draft.method().name().toLowerCase(Locale.ROOT));
            if (manuscript.isShortened()) {
                json.writeBooleanField("truncated", true);
            }
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

    /**
     * The whole body of one answer.
     *
     * @param usage of whoever is answered, where it is known
     */
    static Buffer body(byte[] openBody, boolean cached, Optional<UnitUsage> usage) {
        String end =
                ",\"cached\":" + cached + usage.map(GeneratedThread::member).orElse("") + '}';
        byte[] bytes = end.getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer(openBody.length + bytes.length)
                .appendBytes(openBody)
                .appendBytes(bytes);
    }

    /** Nothing in it needs to be escaped. */
    private static String member(UnitUsage usage) {
        return ",\"usage\":{\"daily_used\":" + usage.dailyUsed() + ",\"daily_limit\":" + usage.dailyLimit()
                + ",\"monthly_used\":" + usage.monthlyUsed() + ",\"monthly_limit\":" + usage.monthlyLimit()
                + ",\"resets_at\":\"" + usage.resetsAt() + "\",\"premium\":" + usage.premium() + '}';
    }
}
