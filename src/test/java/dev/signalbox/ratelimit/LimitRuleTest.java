package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.http.Tier;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitRuleTest {

    @Test
    void defaults() {
        LimitRule rule = rule(Map.of("match", "/api/generate"));

        assertThat(rule.limit())
                .isEqualTo(new Limit("test", 50, new Kind.Rate(Duration.ofHours(1)), OnOutage.SHARE, false));
        assertThat(rule.tiers()).containsExactlyInAnyOrder(Tier.ANONYMOUS, Tier.CLIENT, Tier.END_USER);
        assertThat(rule.routes()).hasSize(1);
    }

    @Test
    void everyKeyExplicit() {
        LimitRule rule = rule(Map.of(
                "match", "POST /api/generate,/v1/*",
                "kind", "window",
                "amount", "7",
                "window", "Month",
                "on-outage", "closed",
                "tiers", "client",
                "shadow", "true"));

        assertThat(rule.limit())
                .isEqualTo(new Limit("test", 7, new Kind.Window(CalendarPeriod.MONTH), OnOutage.CLOSED, true));
        assertThat(rule.tiers()).isEqualTo(Set.of(Tier.CLIENT));
        assertThat(rule.isFor("POST", "/api/generate") && rule.isFor(Tier.CLIENT))
                .isTrue();
        assertThat(rule.isFor("POST", "/api/generate") && rule.isFor(Tier.ANONYMOUS))
                .isFalse();
        assertThat(rule.isFor("PUT", "/v1/a") && rule.isFor(Tier.CLIENT)).isTrue();
    }

    @Test
    void whoeverIsUnderWayHoldsASlotForTheWindow() {
        assertThat(rule(Map.of("match", "/a", "kind", "concurrency", "window", "30s"))
                        .limit()
                        .kind())
                .isEqualTo(new Kind.Concurrency(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a,            GET,  /a,      true",
        "/a,            PUT,  /a,      true",
        "/a,            GET,  /a/b,    false",
        "/a,            GET,  /ab,     false",
        "/a,            GET,  /a/,     true",
        "/a/,           GET,  /a,      true",
        "/a,            GET,  /A,      false",
        "/a/*,          GET,  /a/b,    true",
        "/a/*,          GET,  /a/b/c,  true",
        "/a/*,          GET,  /a/,     true",
        "/a/*,          GET,  /a,      true",
        "/a/*,          GET,  /ab,     false",
        "/*,            GET,  /a,      true",
        "/*,            GET,  /,       true",
        "/,             GET,  /,       true",
        "/,             GET,  /a,      false",
        "POST /a,       POST, /a,      true",
        "POST /a,       PUT,  /a,      false",
        "post   /a,     POST, /a,      true",
        "GET /a,        HEAD, /a,      true",
        "HEAD /a,       GET,  /a,      false",
        "DELETE /a/*,   GET,  /a/b,    false",
    })
    void routeIsForRequestsOfOneShape(String match, String method, String path, boolean isFor) {
        assertThat(rule(Map.of("match", match)).isFor(method, path)).isEqualTo(isFor);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            match     | api/generate   | match is a path
            match     | /v1*           | match is a path
            match     | /v1/*/x        | match is a path
            match     | POST           | match is a path
            match     | GET POST /a    | match is a path
            match     | /a?b=c         | match is a path
            match     | /a;b           | match is a path
            amount    | 0              | 1 or more
            amount    | -1             | 1 or more
            amount    | 1000000000000000 | 999999999999999
            amount    | 3600000001     | one unit per microsecond
            window    | 0s             | 1 ms to 366 days
            window    | 367d           | 1 ms to 366 days
            window    | soon           | soon
            window    | day            | day
            """)
    void whatCannotBeMeantIsRefusedInOneLineThatNamesTheProperty(String key, String value, String expected) {
        Map<String, String> settings = key.equals("match") ? Map.of(key, value) : Map.of("match", "/a", key, value);

        assertThatThrownBy(() -> rule(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("signalbox.limits.test")
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1h", "week", "86400"})
    void aCalendarHasDaysAndMonths(String window) {
        assertThatThrownBy(() -> rule(Map.of("match", "/a", "kind", "window", "window", window)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("signalbox.limits.test: the window of kind window is day or month, not '" + window + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Big", "with_underscore", "a.b"})
    void aNameThatCannotBeAKeyIsRefused(String name) {
        assertThatThrownBy(() -> LimitRule.of(
                        name,
                        LimitsConfigs.of(Map.of("signalbox.limits.test.match", "/a"))
                                .rules()
                                .values()
                                .iterator()
                                .next()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("signalbox.limits." + name, "lower-case");
    }

    @ParameterizedTest
    @CsvSource({"tiers, vip", "kind, bucket", "on-outage, maybe", "amount, many", "colour, red"})
    void whatIsNoneOfTheValuesIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> rule(Map.of("match", "/a", key, value)))
                .hasMessageContaining("signalbox.limits.test." + key);
    }

    @Test
    void aLimitForNobodyOrForNothingIsRefused() {
        assertThatThrownBy(() -> rule(Map.of("amount", "3"))).hasMessageContaining("signalbox.limits.test.match");
    }

    private static LimitRule rule(Map<String, String> settings) {
        Map<String, LimitsConfig.Rule> rules =
                LimitsConfigs.of(LimitsConfigs.named("test", settings)).rules();
        return LimitRule.of("test", rules.values().iterator().next());
    }
}
