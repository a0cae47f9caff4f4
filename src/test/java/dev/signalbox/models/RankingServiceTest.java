package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.cache.CachedAnswer.Source;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.origin.TestOriginConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a ranking, and what is not. */
class RankingServiceTest {

    private static final String PATH = "/ranking/models";

    private final ModelsFixture fixture = new ModelsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void itIsLoadedOnce() {
        fixture.origin.answerPath(PATH, "application/json", "[{\"id\":\"m\"}]");
        RankingService service = fixture.ranking();

        assertThat(ModelsFixture.await(service.ranking(false)).source()).isEqualTo(Source.LOADED);
        assertThat(ModelsFixture.await(service.ranking(false)).source()).isEqualTo(Source.L1);
        assertThat(fixture.origin.calls(PATH)).isEqualTo(1);
    }

    @Test
    void anEmptyOneIsPassedOnAndNotKept() {
        fixture.origin.answerPath(PATH, "application/json", "[]");
        RankingService service = fixture.ranking();

        assertThat(ModelsFixture.await(service.ranking(false)).representation().identity())
                .asString()
                .isEqualTo("[]");
        assertThat(ModelsFixture.await(service.ranking(false)).source()).isEqualTo(Source.LOADED);

        assertThat(fixture.origin.calls(PATH)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>down for maintenance</html>", "[1, 2", ""})
    void whatIsNotJsonIsAProblem(String body) {
        fixture.origin.answerPath(PATH, "text/html", body);

        assertProblem(fixture.ranking(), ProblemType.UPSTREAM_FAILED, "ranking of models");
    }

    @Test
    void anOriginWithoutOneIsAProblem() {
        fixture.origin.failWith(404);

        assertProblem(fixture.ranking(), ProblemType.UPSTREAM_FAILED, "404");
    }

    @Test
    void withoutAnOriginThereIsNone() {
        assertProblem(fixture.ranking(TestOriginConfig.patient()), ProblemType.NOT_FOUND, "ORIGIN_URL");
    }

    private static void assertProblem(RankingService service, ProblemType type, String part) {
        assertThatThrownBy(() -> ModelsFixture.await(service.ranking(false)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(type);
                    assertThat(problem).hasMessageContaining(part);
                });
    }
}
