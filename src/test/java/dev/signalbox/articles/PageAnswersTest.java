package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.OriginResponse;
import io.vertx.core.MultiMap;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects between schemes, which would take a certificate to be seen on the wire. */
class PageAnswersTest {

    private final PageAnswers answers = new PageAnswers(InstantSource.system());

    @ParameterizedTest
    @ValueSource(strings = {"http://blog.test/a", "HTTP://www.blog.test/", "http://blog.test:443/a"})
    void redirectFromHttpsToHttpIsRefused(String location) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> {
            var _ = redirect("https://blog.test/", location);
        });

        assertThat(refused.type()).isEqualTo(ProblemType.UPSTREAM_FAILED);
        assertThat(refused)
                .hasMessageStartingWith("blog.test redirects from https to http,")
                .hasMessageNotContaining("try again later");
    }

    @ParameterizedTest
    @CsvSource({
        "http://blog.test/, https://blog.test/a, https://blog.test/a",
        "http://blog.test/, http://blog.test/a, http://blog.test/a",
        "https://blog.test/, https://www.blog.test/a, https://www.blog.test/a",
        "https://blog.test/, //www.blog.test/a, https://www.blog.test/a",
        "https://blog.test/, /a, https://blog.test/a"
    })
    void otherRedirectsAreFollowed(String from, String location, String aim) {
        assertThat(redirect(from, location)).isEqualTo(new PageAnswer.Moved(HttpUrl.parse(aim)));
    }

    @Test
    void redirectIsJudgedByTheHopItIsFrom() {
        Hop second = Hop.first(HttpUrl.parse("https://blog.test/")).redirectedTo(HttpUrl.parse("http://blog.test/"));

        assertThat(answers.read(second, moved(second, "http://blog.test/a"))).isInstanceOf(PageAnswer.Moved.class);
    }

    private PageAnswer redirect(String from, String location) {
        Hop hop = Hop.first(HttpUrl.parse(from));
        return answers.read(hop, moved(hop, location));
    }

    private static OriginResponse moved(Hop hop, String location) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Location", location);
        return new OriginResponse(hop.url().uri(), 302, headers, new byte[0]);
    }
}
