package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testsupport.ModelCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueIndexTest {

    private final CatalogueIndex recorded =
            CatalogueIndex.of(ModelCatalogue.recorded().whole());

    @Test
    void searchWantsEveryWordInAnyCase() {
        assertThat(found(Map.of("search", "GPT-5  mini")))
                .isNotEmpty()
                .allSatisfy(model ->
                        assertThat(model.searchText()).contains("gpt-5").contains("mini"));
        assertThat(found(Map.of("search", "gpt-5 no-such-word"))).isEmpty();
    }

    @Test
    void searchLooksAtNameProviderAndDescriptionToo() {
        CatalogueIndex index =
                index("{\"id\":\"x\",\"name\":\"Big One\",\"provider\":\"Acme\",\"description\":\"Sees pictures\"}");

        assertThat(index.matching(query(Map.of("search", "big acme PICTURES x"))))
                .hasSize(1);
    }

    @Test
    void providerIsMatchedWholeAndInAnyCase() {
        assertThat(found(Map.of("provider", "OpenAI")))
                .hasSize(23)
                .allMatch(model -> model.provider().equals("openai"));
        assertThat(found(Map.of("provider", "openrouter"))).hasSize(97);
        assertThat(found(Map.of("provider", "open"))).isEmpty();
    }

    @Test
    void gatewayIsNamedByTheModelOrIsItsProvider() {
        CatalogueIndex index = index(
                "{\"id\":\"1\",\"source_gateway\":\"g\"},{\"id\":\"2\",\"source_gateways\":[\"h\",\"g\"]},{\"id\":\"3\",\"provider\":\"G\"},{\"id\":\"4\"}");

        assertThat(index.matching(query(Map.of("gateway", "g"))))
                .extracting(CatalogueModel::id)
                .containsExactly("1", "2", "3");
        assertThat(index.matching(query(Map.of("gateway", "all")))).hasSize(4);
    }

    @Test
    void modelIsFoundByItsIdAndThenByItsProviderAndId() {
        CatalogueIndex index = index(
                "{\"id\":\"gpt-5\",\"provider\":\"azure\"},{\"id\":\"gpt-5\",\"provider\":\"openai\"},{\"id\":\"azure/o1\",\"provider\":\"router\"},{\"id\":\"o1\",\"provider\":\"azure\"}");

        assertThat(index.find("gpt-5").orElseThrow().provider()).isEqualTo("azure");
        assertThat(index.find("openai/gpt-5").orElseThrow().provider()).isEqualTo("openai");
        assertThat(index.find("azure/o1").orElseThrow().provider()).isEqualTo("router");
        assertThat(index.find("gpt")).isEmpty();
        assertThat(index.find("GPT-5")).isEmpty();
    }

    @Test
    void relatedAreOfTheFamilyThenOfTheProviderThenOfTheFamilyElsewhere() {
        CatalogueIndex index = index("""
                {"id":"gpt-a","provider":"other"},
                {"id":"dall-e","provider":"openai"},
                {"id":"gpt-b","provider":"openai"},
                {"id":"claude","provider":"other"},
                {"id":"gpt-5","provider":"openai"},
                {"id":"gpt-5","provider":"azure"},
                {"id":"gpt-b","provider":"azure"},
                {"id":"openai/gpt-c","provider":"router"}""");

        List<CatalogueModel> related = index.related(index.find("openai/gpt-5").orElseThrow());

        assertThat(related).extracting(CatalogueModel::id).containsExactly("gpt-b", "dall-e", "gpt-a", "openai/gpt-c");
        assertThat(related.getFirst().provider()).isEqualTo("openai");
    }

    @Test
    void givenFamilyWinsOverTheName() {
        CatalogueIndex index =
                index("{\"id\":\"a1\",\"family\":\"F\"},{\"id\":\"b1\",\"family\":\"f\"},{\"id\":\"a2\"}");

        assertThat(index.related(index.find("a1").orElseThrow()))
                .extracting(CatalogueModel::id)
                .containsExactly("b1");
    }

    @Test
    void everyModelHasAtMostTwelveRelatedAndNeverItself() {
        for (CatalogueModel model : recorded.models()) {
            List<CatalogueModel> related = recorded.related(model);

            assertThat(related)
                    .hasSizeLessThanOrEqualTo(12)
                    .extracting(CatalogueModel::id)
                    .doesNotHaveDuplicates()
                    .doesNotContain(model.id());
            assertThat(related).isEqualTo(recorded.related(model));
        }
    }

    @Test
    void modelThatIsLikeNoOtherHasNoRelated() {
        CatalogueIndex index = index("{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"x\"}");

        assertThat(index.related(index.find("1").orElseThrow())).isEmpty();
    }

    private List<CatalogueModel> found(Map<String, String> parameters) {
        return recorded.matching(query(parameters));
    }

    private static ModelsQuery query(Map<String, String> parameters) {
        return ModelsQuery.read(parameters::get);
    }

    private static CatalogueIndex index(String models) {
        return CatalogueIndex.of(("{\"data\":[" + models + "]}").getBytes(StandardCharsets.UTF_8));
    }
}
