package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                  | true
            [[]]                                | false
            [{"id":"m"}]                        | false
            {"data":[],"total":0}               | true
            {"data":[{"data":[]}],"total":1}    | false
            {"success":true,"models":[]}        | false
            {}                                  | false
            """)
    void anEmptyListIsToldFromOneThatIsNot(String document, boolean isEmpty) throws CatalogueFault {
        assertThat(Ranking.isEmpty(bytes(document))).isEqualTo(isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<html>", "[", "[1", "{\"data\":[1,2", "[] []", "1", "\"models\"", "null"})
    void whatIsNoListIsAFault(String document) {
        assertThatThrownBy(() -> Ranking.isEmpty(bytes(document))).isInstanceOf(CatalogueFault.class);
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
