package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsJsonTest {

    private final List<CatalogueModel> models = CatalogueIndex.of(
                    "{\"data\":[{\"id\":\"a\",\"n\":1e-7},{\"id\":\"b\"},{\"id\":\"c\"}]}"
                            .getBytes(StandardCharsets.UTF_8))
            .models();

    @Test
    void wholeAnswerHoldsEveryModelAsItCame() {
        assertThat(text(ModelsJson.whole(models)))
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"n\":1e-7},{\"id\":\"b\"},{\"id\":\"c\"}],"
                        + "\"total\":3,\"returned\":3,\"offset\":0,\"limit\":3,\"has_more\":false}");
    }

    @Test
    void partTellsWhatIsBehindIt() {
        assertThat(text(ModelsJson.list(models.subList(1, 2), 3, 1, 1)))
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"b\"}],"
                        + "\"total\":3,\"returned\":1,\"offset\":1,\"limit\":1,\"has_more\":true}");
        assertThat(text(ModelsJson.list(models.subList(2, 3), 3, 2, 5))).contains("\"has_more\":false");
        assertThat(text(ModelsJson.list(List.of(), 3, 900, 5)))
                .isEqualTo("{\"object\":\"list\",\"data\":[],"
                        + "\"total\":3,\"returned\":0,\"offset\":900,\"limit\":5,\"has_more\":false}");
    }

    @Test
    void detailHoldsTheModelAndItsRelated() {
        assertThat(text(ModelsJson.detail(models.get(1), models.subList(0, 1), "list")))
                .isEqualTo("{\"data\":{\"id\":\"b\"},\"related\":[{\"id\":\"a\",\"n\":1e-7}],\"source\":\"list\"}");
        assertThat(text(ModelsJson.detail(models.get(1), List.of(), "list"))).contains("\"related\":[]");
    }

    @Test
    void totalIsFoundAtTheEnd() {
        assertThat(ModelsJson.totalOf(ModelsJson.whole(models))).isEqualTo(3);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
