package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTranslationTest {

    record Body(String name, int count, boolean loud, List<String> tags, Part part) {}

    record Part(String size) {
        Part {
            if (Objects.equals(size, "huge")) {
                throw full();
            }
        }
    }

    @Test
    void aProblemIsFoundInsideItsWrappers() {
        ProblemException full = full();

        assertThat(ProblemTranslation.problemOf(full)).isSameAs(full);
        assertThat(ProblemTranslation.problemOf(new CompletionException(new RuntimeException(full))))
                .isSameAs(full);
    }

    @Test
    void aProblemOfADtoConstructorReachesTheClient() {
        assertThat(ProblemTranslation.problemOf(failureOfReading("{\"part\":{\"size\":\"huge\"}}")))
                .returns(ProblemType.UNAVAILABLE, ProblemException::type)
                .returns("Full.", ProblemException::detail);
    }

    @Test
    void whatNobodyForesawIsAFaultOfOursAndSaysNothing() {
        ProblemException problem = ProblemTranslation.problemOf(new IllegalStateException("jdbc:password"));

        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL);
        assertThat(problem.detail()).isEqualTo(ProblemType.INTERNAL.sentence());
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        RuntimeException first = new RuntimeException();
        RuntimeException second = new RuntimeException(first);
        first.initCause(second);

        assertThat(ProblemTranslation.problemOf(first).type()).isEqualTo(ProblemType.INTERNAL);
    }

    @Test
    void aRefusalOfJaxRsKeepsItsStatus() {
        assertThat(ProblemTranslation.problemOf(new WebApplicationException("inside", 406)))
                .returns(ProblemType.NOT_ACCEPTABLE, ProblemException::type)
                .returns(ProblemType.NOT_ACCEPTABLE.sentence(), ProblemException::detail);
    }

    @Test
    void aParameterThatCannotBeConvertedIsABadRequest() {
        assertThat(ProblemTranslation.problemOf(new NotFoundException(new NumberFormatException("abc")))
                        .type())
                .isEqualTo(ProblemType.BAD_REQUEST);
        assertThat(ProblemTranslation.problemOf(new NotFoundException()).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":x}                   | BAD_REQUEST    | The body is not valid JSON (line 1, column 9).
            {"name":"a"                  | BAD_REQUEST    | The body is not valid JSON (line 1, column 12).
            []                           | BAD_REQUEST    | The body must be an object (line 1, column 1).
            "text"                       | BAD_REQUEST    | The body must be an object (line 1, column 1).
            {"name":{}}                  | INVALID_FIELDS | name: must be text (line 1, column 9)
            {"count":"many"}             | INVALID_FIELDS | count: must be a number (line 1, column 10)
            {"loud":"very"}              | INVALID_FIELDS | loud: must be true or false (line 1, column 9)
            {"tags":"a"}                 | INVALID_FIELDS | tags: must be a list (line 1, column 9)
            {"tags":["a",{}]}            | INVALID_FIELDS | tags[1]: must be text (line 1, column 14)
            {"part":[]}                  | INVALID_FIELDS | part: must be an object (line 1, column 9)
            {"part":{"size":[1]}}        | INVALID_FIELDS | part.size: must be text (line 1, column 17)
            """)
    void aBodyThatCannotBeReadSaysWhereAndNamesNoClass(String body, ProblemType type, String detail) {
        ProblemException problem =
                ProblemTranslation.problemOf(new WebApplicationException(failureOfReading(body), 400));

        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.detail()).isEqualTo(detail);
    }

    private static ProblemException full() {
        return new ProblemException(ProblemType.UNAVAILABLE, "Full.");
    }

    private static Throwable failureOfReading(String body) {
        Throwable failure = catchThrowable(() -> new ObjectMapper().readValue(body, Body.class));
        assertThat(failure).isInstanceOf(JsonProcessingException.class);
        return failure;
    }
}
