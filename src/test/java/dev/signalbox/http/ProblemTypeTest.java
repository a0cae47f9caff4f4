package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

    /** Clients compare them: a change of this list breaks somebody. */
    @Test
    void whatClientsCompareDoesNotChange() {
        assertThat(Arrays.stream(ProblemType.values())
                        .map(type -> type.uri() + " " + type.status() + " " + type.title()))
                .containsExactlyInAnyOrder(
                        "urn:signalbox:problem:bad-request 400 Bad request",
                        "urn:signalbox:problem:unauthorized 401 Unauthorized",
                        "urn:signalbox:problem:payment-required 402 Payment required",
                        "urn:signalbox:problem:forbidden 403 Forbidden",
                        "urn:signalbox:problem:not-found 404 Not found",
                        "urn:signalbox:problem:method-not-allowed 405 Method not allowed",
                        "urn:signalbox:problem:not-acceptable 406 Not acceptable",
                        "urn:signalbox:problem:payload-too-large 413 Payload too large",
                        "urn:signalbox:problem:unsupported-media-type 415 Unsupported media type",
                        "urn:signalbox:problem:invalid-fields 422 Invalid fields",
                        "https://iana.org/assignments/http-problem-types#quota-exceeded 429 Too many requests",
                        "urn:signalbox:problem:internal 500 Internal error",
                        "urn:signalbox:problem:upstream-failed 502 Upstream failed",
                        "urn:signalbox:problem:unavailable 503 Unavailable",
                        "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity 503 Reduced capacity",
                        "urn:signalbox:problem:upstream-timeout 504 Upstream timeout");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDUCED_CAPACITY")
    void everyTypeIsFoundByItsStatus(ProblemType type) {
        assertThat(ProblemType.ofStatus(type.status())).contains(type);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeSaysASentence(ProblemType type) {
        assertThat(type.sentence()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({"418, BAD_REQUEST", "499, BAD_REQUEST", "507, INTERNAL"})
    void anUnknownStatusIsTheTypeOfItsClass(int status, ProblemType expected) {
        assertThat(ProblemType.ofStatus(status)).contains(expected);
    }

    @Test
    void whatIsNoErrorHasNoType() {
        assertThat(ProblemType.ofStatus(304)).isEmpty();
    }
}
