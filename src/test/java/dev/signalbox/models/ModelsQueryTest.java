package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsQueryTest {

    @Test
    void withoutParametersItIsAboutAll() {
        assertThat(read(Map.of()).isAboutAll()).isTrue();
        assertThat(read(Map.of("gateway", "", "limit", " ", "offset", "0", "search", "", "provider", ""))
                        .isAboutAll())
                .isTrue();
        assertThat(read(Map.of("gateway", "all")).isAboutAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"gateway,openrouter", "limit,10000", "offset,1", "search,a", "provider,openai"})
    void withAnyParameterItIsNot(String name, String value) {
        assertThat(read(Map.of(name, value)).isAboutAll()).isFalse();
    }

    @Test
    void everyParameterIsRead() {
        ModelsQuery query = read(Map.of(
                "gateway", "near.ai_2-x", "limit", "1", "offset", "20", "search", " Fast\tGPT ", "provider", "OpenAI"));

        assertThat(query)
                .isEqualTo(new ModelsQuery(
                        "near.ai_2-x", Optional.of(1), 20, List.of("fast", "gpt"), Optional.of("openai")));
        assertThat(query.throughAnyGateway().gateway()).isEqualTo("all");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway,Open",
        "gateway,-a",
        "gateway,a b",
        "gateway,a/b",
        "gateway,a&limit=1",
        "limit,0",
        "limit,10001",
        "limit,-1",
        "limit,1.5",
        "limit,ten",
        "limit,99999999999",
        "offset,-1",
        "offset,1e3",
        "offset,1000000000",
    })
    void valueOutOfBoundsIsRefusedByItsName(String name, String value) {
        assertThat(refusal(Map.of(name, value))).startsWith(name + ": must be ");
    }

    @Test
    void tooLongTextIsRefused() {
        assertThat(read(Map.of("search", "a".repeat(200))).terms()).hasSize(1);
        assertThat(refusal(Map.of("search", "a".repeat(201)))).startsWith("search: must have at most 200");
        assertThat(refusal(Map.of("provider", "a".repeat(201)))).startsWith("provider: must have at most 200");
        assertThat(read(Map.of("gateway", "a".repeat(64))).gateway()).hasSize(64);
        assertThat(refusal(Map.of("gateway", "a".repeat(65)))).startsWith("gateway: ");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(refusal(Map.of("gateway", "?", "limit", "0", "offset", "-1")))
                .endsWith("(and 2 more)");
    }

    private static ModelsQuery read(Map<String, String> parameters) {
        return ModelsQuery.read(parameters::get);
    }

    private static String refusal(Map<String, String> parameters) {
        return String.valueOf(catchThrowableOfType(ProblemException.class, () -> read(parameters))
                .getMessage());
    }
}
