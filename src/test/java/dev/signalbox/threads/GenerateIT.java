package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.testsupport.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The packaged product knows as much about the world's scripts as the tests do: a binary has to bring their tables. */
class GenerateIT {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int POST_LENGTH = 60;
    private static final int TEXTS = 20;
    private static final int TEXT_LENGTH = 9_000;

    private static final List<String> PIECES = List.of(
            "Dr. Smith paid 3.14 dollars. ",
            "👨‍👩‍👧‍👦",
            "🇩🇪",
            "क्षत्रिय ",
            "吾輩は猫である。",
            "e\u0301a\u0323\u0307",
            "\u1112\u1161\u11AB",
            "ภาษาไทย",
            "مرحبا، ");

    @Test
    void everyTextIsSplitAsOnAnyVirtualMachine() throws IOException {
        Random random = new Random(20_261_122);
        try (ServiceProcess service = ServiceProcess.builder()
                .env("MAX_TWEET_LENGTH", String.valueOf(POST_LENGTH))
                .env("FREE_TIER_ENABLED", "false")
                .start()) {
            for (int i = 0; i < TEXTS; i++) {
                String text = anyText(random);

                HttpResponse<String> answer =
                        service.post("/api/generate", JSON.writeValueAsString(Map.of("text", text)));

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(contents(JSON.readTree(answer.body())))
                        .isEqualTo(new BuiltinSplitter(POST_LENGTH)
                                .split(ThreadText.of(text).value()).stream()
                                        .map(Tweet::content)
                                        .toList());
            }
        }
    }

    @Test
    void aClientKeyIsWantedWhereOneIsConfigured() {
        try (ServiceProcess service = ServiceProcess.builder()
                .env("API_KEYS", "client:a-key-for-tests")
                .start()) {
            String request = "{\"text\":\"Hello\"}";

            assertThat(service.post("/api/generate", request).statusCode()).isEqualTo(401);
            assertThat(service.post("/api/generate", request, "X-API-Key", "a-key-for-tests")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        while (text.codePointCount(0, text.length()) < TEXT_LENGTH) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 2 -> text.appendCodePoint(random.nextInt(0x3100));
                default -> text.append(' ');
            }
        }
        return text.toString();
    }

    private static List<String> contents(JsonNode body) {
        return StreamSupport.stream(body.get("thread").spliterator(), false)
                .map(tweet -> tweet.get("content").asText())
                .toList();
    }
}
