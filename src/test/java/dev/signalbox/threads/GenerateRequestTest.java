package dev.signalbox.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateRequestTest {

    @Test
    void textIsTaken() {
        assertThat(submission(null, "Hello", null)).isEqualTo(new Submission.Text("text", "Hello"));
    }

    @Test
    void contentIsAnotherNameOfText() {
        assertThat(submission(null, null, "Hello")).isEqualTo(new Submission.Text("content", "Hello"));
    }

    @Test
    void bothNamesMaySayTheSame() {
        assertThat(submission("", "Hello", "Hello")).isEqualTo(new Submission.Text("text", "Hello"));
    }

    @Test
    void aBlankTextBesideAnAddressIsNone() {
        assertThat(submission("medium.com/a", " ", null)).isEqualTo(new Submission.Url("medium.com/a"));
        assertThat(submission("medium.com/a", null, "")).isEqualTo(new Submission.Url("medium.com/a"));
    }

    @Test
    void anAddressIsTakenAsItIs() {
        assertThat(submission(" medium.com/a ", null, null)).isEqualTo(new Submission.Url(" medium.com/a "));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,                     -,     -,     text: is missing
            ' ',                   -,     -,     text: is missing
            https://medium.com/a,  Hello, -,     url: is given beside a text
            https://medium.com/a,  -,     Hello, url: is given beside a text
            -,                     Hello, World, content: is another name of text and differs
            https://medium.com/a,  Hello, World, (and 1 more)
            """)
    void whatCannotBeMadeAThreadOfIsRefusedByField(
            @Nullable String url, @Nullable String text, @Nullable String content, String detail) {
        assertThatThrownBy(() -> submission(url, text, content))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(detail);
    }

    private static Submission submission(@Nullable String url, @Nullable String text, @Nullable String content) {
        return new GenerateRequest(url, text, content).submission();
    }
}
