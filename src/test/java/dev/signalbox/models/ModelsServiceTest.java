package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.cache.CachedAnswer;
import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one caller asks never changes what the catalogue is. */
class ModelsServiceTest {

    private final ModelsFixture fixture = new ModelsFixture();
    private final ModelsService service = fixture.onList();
    private final ObjectMapper json = new ObjectMapper();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void limitOfOneNeverShrinksWhatOthersSee() throws Exception {
        JsonNode one = list(Map.of("limit", "1"));
        JsonNode all = list(Map.of());

        assertThat(one.get("data")).hasSize(1);
        assertThat(one.get("total").asInt()).isEqualTo(687);
        assertThat(one.get("has_more").asBoolean()).isTrue();
        assertThat(all.get("data")).hasSize(687);
        assertThat(fixture.origin.calls()).isEqualTo(1);
    }

    @Test
    void walkingByOffsetMeetsEveryModelOnce() throws Exception {
        List<JsonNode> met = new ArrayList<>();
        JsonNode page;
        do {
            page = list(Map.of("limit", "50", "offset", String.valueOf(met.size())));
            assertThat(page.get("returned").asInt()).isEqualTo(page.get("data").size());
            assertThat(page.get("offset").asInt()).isEqualTo(met.size());
            assertThat(page.get("limit").asInt()).isEqualTo(50);
            page.get("data").forEach(met::add);
        } while (page.get("has_more").asBoolean());

        assertThat(met).hasSize(687);
        for (int i = 0; i < met.size(); i++) {
            assertThat(met.get(i)).isEqualTo(fixture.origin.catalogue().model(i));
        }
        assertThat(fixture.origin.calls()).isEqualTo(1);
    }

    @Test
    void offsetBeyondTheEndIsAnEmptyPage() throws Exception {
        JsonNode page = list(Map.of("offset", "900"));

        assertThat(page.get("data")).isEmpty();
        assertThat(page.get("total").asInt()).isEqualTo(687);
        assertThat(page.get("has_more").asBoolean()).isFalse();
    }

    @Test
    void totalCountsWhatMatches() throws Exception {
        JsonNode page = list(Map.of("provider", "groq", "limit", "5", "offset", "15"));

        assertThat(page.get("total").asInt()).isEqualTo(17);
        assertThat(page.get("returned").asInt()).isEqualTo(2);
        assertThat(page.get("has_more").asBoolean()).isFalse();
        assertThat(page.get("data"))
                .allMatch(model -> model.get("provider").asText().equals("groq"));
    }

    @Test
    void searchThatMatchesNothingIsAnEmptyList() throws Exception {
        JsonNode page = list(Map.of("search", "no-such-model"));

        assertThat(page.get("data")).isEmpty();
        assertThat(page.get("total").asInt()).isZero();
        assertThat(page.get("has_more").asBoolean()).isFalse();
    }

    @Test
    void listFiltersByGateway() throws Exception {
        assertThat(list(Map.of("gateway", "groq")).get("total").asInt()).isEqualTo(17);
        assertThat(list(Map.of("gateway", "all")).get("total").asInt()).isEqualTo(687);
        assertThat(fixture.origin.calls()).isEqualTo(1);
    }

    @Test
    void sameQuestionAgainIsAnsweredWithTheSameBytes() {
        CachedAnswer first = fixture.list(service, Map.of("search", "gpt", "limit", "9"));
        CachedAnswer second = fixture.list(service, Map.of("limit", "9", "search", "GPT"));

        assertThat(first.source()).isEqualTo(Source.LOADED);
        assertThat(second.source()).isEqualTo(Source.L1);
        assertThat(second.representation()).isSameAs(first.representation());
    }

    @Test
    void newCatalogueGivesNewAnswersToOldQuestions() throws Exception {
        assertThat(list(Map.of("limit", "1")).get("total").asInt()).isEqualTo(687);

        fixture.cache.forget();
        fixture.origin.answer("application/json", "{\"data\":[{\"id\":\"new\"}]}");

        assertThat(list(Map.of("limit", "1")).at("/data/0/id").asText()).isEqualTo("new");
        assertThat(list(Map.of("limit", "1")).get("total").asInt()).isEqualTo(1);
    }

    @Test
    void numbersAndUnknownFieldsSurviveEveryWay() {
        String odd = "{\"id\":\"x\",\"price\":1e-7,\"input\":0.10,\"later\":{\"é\":[]}}";
        fixture.origin.answer("application/json", "{\"data\":[{\"id\":\"w\"}," + odd + "]}");

        assertThat(body(fixture.list(service))).contains(odd);
        assertThat(body(fixture.list(service, Map.of("search", "x")))).contains(odd);
        assertThat(body(fixture.detail(service, "x"))).startsWith("{\"data\":" + odd + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai/gpt-5",
                "claude-sonnet-4@20250514",
                "anthropic.claude-3-5-sonnet-20241022-v2:0",
                "alibaba-cn/qwen3-coder-plus"
            })
    void detailIsFoundById(String id) throws Exception {
        JsonNode answer = json.readTree(body(fixture.detail(service, id)));

        assertThat(id).endsWith(answer.at("/data/id").asText());
        assertThat(answer.get("related")).isNotEmpty().hasSizeLessThanOrEqualTo(12);
        assertThat(answer.get("source").asText()).isEqualTo("list");
    }

    @Test
    void detailOfAnOriginIsFromItsGateway() throws Exception {
        JsonNode answer = json.readTree(body(fixture.detail(fixture.onGateways(), "openai/gpt-5")));

        assertThat(answer.get("source").asText()).isEqualTo("gateway");
        assertThat(fixture.origin.requests().getFirst().query()).containsEntry("gateway", "all");
    }

    @Test
    void unknownIdIsAProblem() {
        assertThatThrownBy(() -> fixture.detail(service, "no/such"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No model has this id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "search"})
    void answerArrivesOnTheContextOfTheSubscriber(String parameter) throws Exception {
        Context context = fixture.vertx.getOrCreateContext();
        CompletableFuture<Context> seen = new CompletableFuture<>();
        Map<String, String> parameters = parameter.isEmpty() ? Map.of() : Map.of(parameter, "gpt");

        context.runOnContext(_ -> service.list(ModelsQuery.read(parameters::get), false)
                .subscribe()
                .with(_ -> seen.complete(Vertx.currentContext()), seen::completeExceptionally));

        assertThat(seen.get(20, TimeUnit.SECONDS)).isSameAs(context);
    }

    private JsonNode list(Map<String, String> parameters) throws IOException {
        return json.readTree(fixture.list(service, parameters).representation().identity());
    }

    private static String body(CachedAnswer answer) {
        return new String(answer.representation().identity(), StandardCharsets.UTF_8);
    }
}
