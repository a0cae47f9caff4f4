package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.testsupport.ModelCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueParserTest {

    @Test
    void modelIsRememberedByteForByte() throws Exception {
        String odd = "{ \"price\": 1e-7, \"input\":0.10,\n\"id\" : \"a/b\" ,\"x\":{\"é\":[\"\\u00e9\",\"😀\",-0.0]} }";

        CataloguePage page = parse("\n {\"data\" : [ " + odd + " ,\t{\"id\":\"c\"}]}\n");

        assertThat(texts(page)).containsExactly(odd, "{\"id\":\"c\"}");
    }

    @Test
    void recordedCatalogueIsReadWhole() throws Exception {
        ModelCatalogue recorded = ModelCatalogue.recorded();
        String whole = new String(recorded.whole(), StandardCharsets.UTF_8);

        CataloguePage page = CatalogueParser.parse(recorded.whole());

        assertThat(page.models()).hasSize(687);
        assertThat("{\"data\":[" + String.join(",", texts(page)) + "]}").isEqualTo(whole.strip());
        assertThat(page.models().getFirst().id()).isEqualTo("qwen3-coder-plus");
        assertThat(page.models().getFirst().provider()).isEqualTo("alibaba");
    }

    @Test
    void whatTheOriginSaysAboutPagesIsRead() throws Exception {
        CataloguePage page = parse(
                "{\"total\":9,\"has_more\":true,\"data\":[],\"next_offset\":4,\"returned\":0,\"note\":{\"data\":[1]}}");

        assertThat(page.total()).hasValue(9);
        assertThat(page.hasMore()).hasValue(true);
        assertThat(page.nextOffset()).hasValue(4);
        assertThat(page.returned()).hasValue(0);
    }

    @Test
    void whatTheOriginLeavesOutOrSaysOddlyIsAbsent() throws Exception {
        CataloguePage page = parse("{\"total\":null,\"next_offset\":{\"a\":[1]},\"has_more\":\"yes\",\"data\":[]}");

        assertThat(page.total()).isEmpty();
        assertThat(page.hasMore()).isEmpty();
        assertThat(page.nextOffset()).isEmpty();
        assertThat(page.returned()).isEmpty();
    }

    @Test
    void providerIsGivenOrTheFirstPartOfTheId() throws Exception {
        CataloguePage page = parse("""
                {"data":[
                {"id":"x/1","owned_by":"O","provider_slug":"S","provider":"P"},
                {"id":"x/2","owned_by":"O","provider_slug":"S","provider":null},
                {"id":"x/3","owned_by":"O","provider":{"name":"P"}},
                {"id":"Xai/4/5"},
                {"id":"4"}]}""");

        assertThat(page.models()).extracting(CatalogueModel::provider).containsExactly("p", "s", "o", "xai", "");
    }

    @Test
    void gatewaysAreReadInBothSpellings() throws Exception {
        CataloguePage page = parse(
                "{\"data\":[{\"id\":\"1\",\"source_gateway\":\"A\",\"source_gateways\":[\"b\",7,[\"x\"],\"C\"]}]}");

        assertThat(page.models().getFirst().gateways()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void everyCutIsNoticed() throws Exception {
        byte[] whole = "{\"data\":[{\"id\":\"é\",\"n\":[1.5,true,null]},{\"id\":\"b\"}],\"total\":2}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(CatalogueParser.parse(whole).models()).hasSize(2);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(catchThrowableOfType(CatalogueFault.class, () -> CatalogueParser.parse(cut)))
                    .as("cut after %d bytes", length)
                    .isNotNull();
        }
    }

    @Test
    void cutInTheMiddleIsIncomplete() {
        byte[] whole = ModelCatalogue.recorded().whole();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        CatalogueFault fault = catchThrowableOfType(CatalogueFault.class, () -> CatalogueParser.parse(half));

        assertThat(fault).hasMessage("sent JSON that ends too early");
        assertThat(fault.isIncomplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<p>login</p>", "{\"data\":[}", "{\"data\":[{\"id\":tru}]}", "{\"data\":[]}x", "{'data':[]}"})
    void whatIsNotJsonIsSaidSo(String body) {
        CatalogueFault fault = catchThrowableOfType(CatalogueFault.class, () -> parse(body));

        assertThat(fault.getMessage()).contains("not JSON");
        assertThat(fault.isIncomplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"data\":{}}",
                "{\"data\":[1]}",
                "{\"detail\":\"no\"}",
                "{\"data\":[],\"data\":[]}"
            })
    void whatIsNoListIsSaidSo(String body) {
        assertThat(catchThrowableOfType(CatalogueFault.class, () -> parse(body)))
                .hasMessageContaining("no list of models");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":7}", "{\"id\":null}"})
    void modelWithoutIdSpoilsTheCatalogue(String model) {
        assertThat(catchThrowableOfType(CatalogueFault.class, () -> parse("{\"data\":[" + model + "]}")))
                .hasMessage("sent a model without an id");
    }

    @Test
    void moreBehindTheListIsNoticed() {
        assertThat(catchThrowableOfType(CatalogueFault.class, () -> parse("{\"data\":[]}{\"data\":[]}")))
                .hasMessageContaining("more behind");
    }

    @Test
    void otherEncodingsAreRefusedAndABomIsNot() throws Exception {
        byte[] wide = "{\"data\":[{\"id\":\"a\"}]}".getBytes(StandardCharsets.UTF_16BE);

        assertThat(catchThrowableOfType(CatalogueFault.class, () -> CatalogueParser.parse(wide)))
                .hasMessageContaining("not UTF-8");
        assertThat(texts(parse("\uFEFF{\"data\":[{\"id\":\"a\"}]}"))).containsExactly("{\"id\":\"a\"}");
    }

    private static CataloguePage parse(String body) throws CatalogueFault {
        return CatalogueParser.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(CataloguePage page) {
        return page.models().stream()
                .map(CatalogueModel::json)
                .map(json -> new String(json.document(), json.from(), json.length(), StandardCharsets.UTF_8))
                .toList();
    }
}
