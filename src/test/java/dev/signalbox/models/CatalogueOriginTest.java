package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueOriginTest {

    private static final URI LIST = URI.create("https://models.example.com/v1/models");

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api.example.com/base", "https://api.example.com/base/", "https://api.example.com/base//"
            })
    void originIsAskedForOnePageOfOneGateway(String base) {
        CatalogueOrigin origin = CatalogueOrigin.of(Optional.of(URI.create(base)), LIST);

        assertThat(origin.page(origin.catalogueOf("groq"), 200, 100))
                .hasToString("https://api.example.com/base/v1/models?gateway=groq&limit=100&offset=200");
        assertThat(origin.limitAt(0, 100)).isEqualTo(100);
        assertThat(origin.within(query(Map.of("gateway", "groq"))).isAboutAll()).isTrue();
    }

    @Test
    void listIsAskedAsItIsConfiguredUntilItSaysThatThereIsMore() {
        CatalogueOrigin origin = CatalogueOrigin.of(Optional.empty(), LIST);

        assertThat(origin.page(origin.catalogueOf("groq"), 0, 100)).isEqualTo(LIST);
        assertThat(origin.page("all", 100, 50)).hasToString(LIST + "?limit=50&offset=100");
        assertThat(origin.limitAt(0, 50)).isEqualTo(Integer.MAX_VALUE);
        assertThat(origin.limitAt(100, 50)).isEqualTo(50);
    }

    @Test
    void queryOfTheListIsKept() {
        CatalogueOrigin origin = CatalogueOrigin.of(Optional.empty(), URI.create(LIST + "?free=true"));

        assertThat(origin.page("all", 0, 100)).hasToString(LIST + "?free=true");
        assertThat(origin.page("all", 100, 50)).hasToString(LIST + "?free=true&limit=50&offset=100");
    }

    @Test
    void listIsOneCatalogueInWhichGatewaysAreLookedFor() {
        CatalogueOrigin origin = CatalogueOrigin.of(Optional.empty(), LIST);

        assertThat(origin.catalogueOf("groq")).isEqualTo(origin.catalogueOf("openai"));
        assertThat(origin.within(query(Map.of("gateway", "groq"))).gateway()).isEqualTo("groq");
    }

    @Test
    void whoeverServesTheListIsTheGatewayToAllOfIt() {
        CatalogueOrigin origin =
                CatalogueOrigin.of(Optional.empty(), URI.create("https://OpenRouter.ai/api/v1/models"));

        assertThat(origin.within(query(Map.of("gateway", "openrouter"))).isAboutAll())
                .isTrue();
        assertThat(origin.within(query(Map.of("gateway", "ai"))).isAboutAll()).isFalse();
        assertThat(origin.within(query(Map.of("gateway", "router"))).isAboutAll())
                .isFalse();
    }

    private static ModelsQuery query(Map<String, String> parameters) {
        return ModelsQuery.read(parameters::get);
    }
}
