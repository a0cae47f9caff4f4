package dev.signalbox.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscribeRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void addressAndSourceAreRead() throws Exception {
        SubscribeRequest request =
                read("{\"email\":\"Ann@Example.org\",\"source\":\"landing-page\",\"referrer\":\"x\"}");

        assertThat(request.email().text()).isEqualTo("ann@example.org");
        assertThat(request.source()).contains("landing-page");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                              | The body must be an object
            {}                                              | email: is missing
            {"email":null}                                  | email: is missing
            {"email":5}                                     | email: must be text
            {"email":"ann"}                                 | email: must be an e-mail address
            {"email":"ann@example.org","source":["a"]}      | source: must be text
            {"email":"ann@example.org","source":"a b"}      | source: must be 1 to 64
            """)
    void whatCannotBeMeantIsRefused(String body, String detail) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(detail);
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> SubscribeRequest.read(null)).isInstanceOf(ProblemException.class);
    }

    private static SubscribeRequest read(String body) throws JsonProcessingException {
        return SubscribeRequest.read(JSON.readTree(body));
    }
}
