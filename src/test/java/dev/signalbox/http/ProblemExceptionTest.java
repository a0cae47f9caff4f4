package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemExceptionTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT-1S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.2S, 2", "PT59.999999999S, 60", "PT1H, 3600"})
    void waitIsRoundedUpToSeconds(Duration wait, long seconds) {
        ProblemException problem = new ProblemException(ProblemType.UNAVAILABLE, "Full.").retryAfter(wait);

        assertThat(problem.headers()).containsExactly(Map.entry("Retry-After", Long.toString(seconds)));
        assertThat(problem.members()).containsExactly(Map.entry("retry_after", seconds));
    }

    @Test
    void oneInvalidFieldIsTheWholeDetail() {
        Problem.FieldError error = new Problem.FieldError("url", "must be http or https");

        ProblemException problem = ProblemException.invalid(List.of(error));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FIELDS);
        assertThat(problem.detail()).isEqualTo("url: must be http or https");
        assertThat(problem.errors()).containsExactly(error);
    }

    @Test
    void moreInvalidFieldsAreCounted() {
        Problem.FieldError error = new Problem.FieldError("a", "is missing");

        assertThat(ProblemException.invalid(List.of(error, error, error)).detail())
                .isEqualTo("a: is missing (and 2 more)");
    }

    @Test
    void aHeaderIsAddedOrReplaced() {
        ProblemException problem = new ProblemException(ProblemType.RATE_LIMITED, "Used up.")
                .header("RateLimit", "\"requests\";r=1;t=9")
                .retryAfter(Duration.ofSeconds(9))
                .header("RateLimit", "\"requests\";r=0;t=9");

        assertThat(problem.headers())
                .containsOnly(Map.entry("RateLimit", "\"requests\";r=0;t=9"), Map.entry("Retry-After", "9"));
    }

    @Test
    void aRefusalHasNoStackTrace() {
        assertThat(new ProblemException(ProblemType.NOT_FOUND, "Nothing.").getStackTrace())
                .isEmpty();
    }
}
