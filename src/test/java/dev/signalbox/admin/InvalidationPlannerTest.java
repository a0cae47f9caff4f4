package dev.signalbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.cache.Category;
import dev.signalbox.cache.Invalidations.Strength;
import dev.signalbox.cache.Scope;
import dev.signalbox.http.Caller;
import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidationPlannerTest {

    private static final Category MODELS = new Category("models");
    private static final Category USER = new Category("user");
    private static final String DIGITS = "0123456789ABCDEF".repeat(4);
    private static final Caller CALLER = new Caller("0123456789abcdef".repeat(4));

    private final InvalidationPlanner planner = new InvalidationPlanner(new ManagedCategories(new KnownEntries()));

    @Test
    void aCategoryIsAllOfIt() throws Exception {
        InvalidationPlan plan = plan("{'category':'models'}");

        assertThat(plan.scopes()).containsExactly(new Scope.OfCategory(MODELS));
        assertThat(plan.categories()).containsExactly("models");
        assertThat(plan.tags()).isEmpty();
        assertThat(plan.strength()).isEqualTo(Strength.HARD);
    }

    @Test
    void softIsSoft() throws Exception {
        assertThat(plan("{'category':'models','soft':true}").strength()).isEqualTo(Strength.SOFT);
    }

    @Test
    void allIsEverythingAndNamesEveryCategory() throws Exception {
        InvalidationPlan plan = plan("{'category':'all'}");

        assertThat(plan.scopes()).containsExactly(new Scope.Everything());
        assertThat(plan.categories())
                .containsExactly(
                        "models", "openai", "own", "rankings", "search", "sessions", "stats", "threads", "user");
    }

    @Test
    void aTagStandsForItself() throws Exception {
        assertThat(plan("{'tag':'t'}").scopes()).containsExactly(new Scope.OfTag("t"));
        assertThat(plan("{'tag':'t'}").categories()).isEmpty();
        assertThat(plan("{'tag':'t','category':'user'}").scopes())
                .containsExactlyInAnyOrder(new Scope.OfTag("t"), new Scope.OfCategory(USER));
        assertThat(plan("{'tag':'t','category':'user'}").tags()).containsExactly("t");
    }

    @Test
    void aKeyIsOneEntryOfItsCategory() throws Exception {
        assertThat(plan("{'key':'k','category':'models'}").scopes())
                .containsExactly(Scope.OfKey.of(MODELS, Caller.everyone(), "k"));
        assertThat(plan("{'key':'k','category':'user','caller':'" + DIGITS + "'}")
                        .scopes())
                .containsExactly(Scope.OfKey.of(USER, CALLER, "k"));
    }

    @Test
    void aGatewayTakesTheCatalogueOfAllGatewaysWithIt() throws Exception {
        InvalidationPlan plan = plan("{'gateway':'groq'}");

        assertThat(plan.scopes())
                .containsExactlyInAnyOrder(
                        Scope.OfKey.of(MODELS, Caller.everyone(), "groq"),
                        Scope.OfKey.of(MODELS, Caller.everyone(), "all"));
        assertThat(plan.categories()).containsExactly("models");
        assertThat(plan("{'gateway':'groq','category':'models'}")).isEqualTo(plan);
        assertThat(plan("{'gateway':'all'}").scopes()).hasSize(1);
    }

    @Test
    void aCallerIsLeftNothingInOneCategoryOrInAllOfCallers() throws Exception {
        assertThat(plan("{'caller':'" + DIGITS + "','category':'user'}").scopes())
                .containsExactly(new Scope.OfCaller(USER, CALLER));
        assertThat(plan("{'caller':'" + DIGITS + "'}").categories())
                .containsExactly("openai", "own", "search", "sessions", "stats", "user");
        assertThat(plan("{'caller':'" + DIGITS + "','category':'all'}").scopes())
                .hasSize(6)
                .contains(new Scope.OfCaller(new Category("sessions"), CALLER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | category: is missing
            {'soft':true}                                 | category: is missing
            {'key':'k'}                                   | key: wants the one category
            {'key':'k','category':'all'}                  | key: wants the one category
            {'key':'k','category':'user'}                 | caller: is missing
            {'key':'k','category':'models','caller':'#'}  | caller: does not go with category models
            {'caller':'#','category':'models'}            | caller: does not go with category models
            {'gateway':'g','category':'user'}             | gateway: goes with category models only
            {'gateway':'g','category':'all'}              | gateway: goes with category models only
            {'gateway':'g','key':'k'}                     | gateway: does not go with key
            {'gateway':'g','caller':'#'}                  | gateway: does not go with key
            """)
    void whatDoesNotGoTogetherIsRefused(String request, String detail) {
        assertThatThrownBy(() -> plan(request.replace("#", DIGITS)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(detail)
                .extracting(problem -> ((ProblemException) problem).type())
                .isEqualTo(ProblemType.INVALID_FIELDS);
    }

    @ParameterizedTest
    @CsvSource({"Models", "*", "activity", "''"})
    void anUnknownCategoryIsRefusedWithThoseThereAre(String name) {
        assertThatThrownBy(() -> plan("{'category':'" + name + "'}"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("This category is not known. There are models, openai, own, rankings, search, sessions,"
                        + " stats, threads, user, all.")
                .extracting(problem -> ((ProblemException) problem).type())
                .isEqualTo(ProblemType.BAD_REQUEST);
    }

    @Test
    void itsTextNamesScopesAndNoKey() throws Exception {
        assertThat(plan("{'key':'my text','category':'models','tag':'t'}").text())
                .startsWith("entry ")
                .contains("in category models", "tag t")
                .doesNotContain("my text");
    }

    private InvalidationPlan plan(String request) throws JsonProcessingException {
        return planner.plan(InvalidationRequest.read(new ObjectMapper().readTree(request.replace('\'', '"'))));
    }
}
