package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRulesTest {

    private final LimitRules rules = rules();

    @Test
    void allLimitsOfARequestAreFoundInTheOrderOfTheirNames() {
        assertThat(names("POST", "/api/generate")).containsExactly("all", "strangers", "writes");
        assertThat(names("GET", "/elsewhere")).containsExactly("all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/", "/q", "/q/", "/q/metrics", "/q/health/ready"})
    void whatMustAlwaysAnswerIsNeverLimited(String path) {
        assertThat(names("GET", path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthy", "/health/x", "/quiet", "/api"})
    void whatOnlyLooksLikeItIsLimited(String path) {
        assertThat(names("GET", path)).isNotEmpty();
    }

    @Test
    void aLimitIsFoundByItsName() {
        assertThat(rules.named("writes").map(rule -> rule.limit().amount())).hasValue(3L);
        assertThat(rules.named("reads")).isEmpty();
        assertThat(rules.names()).containsExactlyInAnyOrder("all", "strangers", "writes");
    }

    @Test
    void withoutLimitsNothingMatches() {
        assertThat(new LimitRules(Map.of()).matching("GET", "/api")).isEmpty();
    }

    private List<String> names(String method, String path) {
        return rules.matching(method, path).stream()
                .map(rule -> rule.limit().name())
                .toList();
    }

    private static LimitRules rules() {
        Map<String, String> properties = new HashMap<>();
        properties.putAll(LimitsConfigs.named("writes", Map.of("match", "POST /*", "amount", "3")));
        properties.putAll(LimitsConfigs.named("all", Map.of("match", "/*")));
        properties.putAll(LimitsConfigs.named("strangers", Map.of("match", "/api/*", "tiers", "anonymous")));
        return new LimitRules(LimitsConfigs.of(properties).rules());
    }
}
