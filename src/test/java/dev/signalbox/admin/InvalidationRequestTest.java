package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidationRequestTest {

    private static final String DIGITS = "0123456789abcdef".repeat(4);

    @Test
    void everyFieldIsRead() throws Exception {
        InvalidationRequest request = read("""
                {"category":"user","tag":"a:b","key":"k 1","gateway":"open-ai","caller":"%s","soft":true,"dry_run":true}
                """.formatted(DIGITS));

        assertThat(request.category()).contains("user");
        assertThat(request.tag()).contains("a:b");
        assertThat(request.key()).contains("k 1");
        assertThat(request.gateway()).contains("open-ai");
        assertThat(request.caller()).contains(DIGITS);
        assertThat(request.soft()).isTrue();
        assertThat(request.dryRun()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"category\":null,\"soft\":null}"})
    void whatIsLeftOutIsAbsent(String body) throws Exception {
        InvalidationRequest request = read(body);

        assertThat(request.isEmpty()).isTrue();
        assertThat(request.soft()).isFalse();
        assertThat(request.dryRun()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"category":7}                    | category: must be text
            {"tag":""}                        | tag: must be 1 to 200
            {"tag":"a b"}                     | tag: must be 1 to 200
            {"key":""}                        | key: must be 1 to 4096
            {"key":"a\\nb"}                   | key: must be 1 to 4096
            {"gateway":"../x"}                | gateway: must be 1 to 64
            {"caller":"secret-of-a-caller"}   | caller: must be the 64 hex digits
            {"soft":"true"}                   | soft: must be true or false
            {"dry_run":1}                     | dry_run: must be true or false
            {"pattern":"*"}                   | pattern: is not known here
            {"secret of a caller":1}          | (a field): is not known here
            {"categories":["models"],"tag":7} | tag: must be text (and 1 more)
            """)
    void whatIsNotValidIsNamedWithoutItsValue(String body, String detail) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(detail)
                .hasMessageNotContaining("secret")
                .extracting(problem -> ((ProblemException) problem).type())
                .isEqualTo(ProblemType.INVALID_FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"models\"", "null", "7"})
    void whatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProblemException.class)
                .extracting(problem -> ((ProblemException) problem).type())
                .isEqualTo(ProblemType.BAD_REQUEST);
    }

    private static InvalidationRequest read(String body) throws JsonProcessingException {
        return InvalidationRequest.read(new ObjectMapper().readTree(body));
    }
}
