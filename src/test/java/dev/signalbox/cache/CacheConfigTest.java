package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheConfigTest {

    private static final Category MODELS = new Category("models");
    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void nothingConfiguredKeepsCallersApartForFiveMinutes() {
        CacheConfig config = CacheConfigs.of(Map.of());

        assertThat(config.l1().maxBytes().asLongValue()).isEqualTo(32 * MEGABYTE);
        assertThat(config.categories()).isEmpty();
        assertThat(new CachePolicies(config).of(MODELS))
                .isEqualTo(new CategoryPolicy(
                        Duration.ofMinutes(5),
                        0.05,
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ofDays(3_650),
                        CacheConfig.Scope.CALLER,
                        8 * MEGABYTE,
                        32 * MEGABYTE));
    }

    @Test
    void everythingCanBeConfigured() {
        CachePolicies policies = new CachePolicies(CacheConfigs.of(Map.ofEntries(
                Map.entry("l1.max-bytes", "1M"),
                Map.entry("categories.models.ttl", "4h"),
                Map.entry("categories.models.jitter-ratio", "0.1"),
                Map.entry("categories.models.stale-while-revalidate", "12h"),
                Map.entry("categories.models.stale-if-error", "24h"),
                Map.entry("categories.models.early-refresh-ratio", "0.2"),
                Map.entry("categories.models.soft-timeout", "1s"),
                Map.entry("categories.models.hard-timeout", "3m"),
                Map.entry("categories.models.failure-pause", "5s"),
                Map.entry("categories.models.negative-ttl", "30s"),
                Map.entry("categories.models.outage-bound", "1h"),
                Map.entry("categories.models.scope", "public"),
                Map.entry("categories.models.max-entry-bytes", "64K"),
                Map.entry("categories.models.l1-max-bytes", "2M"),
                Map.entry("categories.user.ttl", "PT30S"))));

        assertThat(policies.of(MODELS))
                .isEqualTo(new CategoryPolicy(
                        Duration.ofHours(4),
                        0.1,
                        Duration.ofHours(12),
                        Duration.ofHours(24),
                        0.2,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        CacheConfig.Scope.PUBLIC,
                        64 * 1024,
                        2 * MEGABYTE));
        assertThat(policies.of(MODELS).staleWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(policies.of(new Category("user")).ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policies.of(new Category("user")).l1MaxBytes()).isEqualTo(MEGABYTE);
    }

    @ParameterizedTest
    @CsvSource({
        "jitter-ratio, 0.51",
        "jitter-ratio, -0.1",
        "jitter-ratio, NaN",
        "early-refresh-ratio, 0.91",
        "stale-while-revalidate, -1s",
        "stale-if-error, 3651d",
        "soft-timeout, 0s",
        "hard-timeout, 0s",
        "failure-pause, -1s",
        "negative-ttl, -1s",
        "outage-bound, -1s",
    })
    void valueThatCannotBeMeantIsRefusedByItsName(String property, String value) {
        CacheConfig config = CacheConfigs.of(Map.of("categories.models." + property, value));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new CachePolicies(config))
                .withMessageContaining("signalbox.cache.categories.models." + property)
                .withMessageContaining("expected");
    }

    @Test
    void memoryThatIsOffIsOffForEveryCategory() {
        CachePolicies policies = new CachePolicies(
                CacheConfigs.of(Map.of("l1.max-bytes", "0", "categories.models.l1-max-bytes", "64M")));

        assertThat(policies.of(MODELS).l1MaxBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "-PT1H", "PT0.0009S", "3651d", "PT9223372036854775807S"})
    void ttlThatCannotBeMeantIsRefusedByItsNameBeforeAnyRequest(String ttl) {
        CacheConfig config = CacheConfigs.of(Map.of("categories.models.ttl", ttl));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new CachePolicies(config))
                .withMessageContaining("signalbox.cache.categories.models.ttl")
                .withMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "3650d"})
    void shortestAndLongestTtlAreTaken(String ttl) {
        CachePolicies policies = new CachePolicies(CacheConfigs.of(Map.of("categories.models.ttl", ttl)));

        assertThat(policies.of(MODELS).ttl()).isPositive();
    }

    @Test
    void nameThatIsNoCategoryIsRefusedBeforeAnyRequest() {
        CacheConfig config = CacheConfigs.of(Map.of("categories.Models.ttl", "4h"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CachePolicies(config))
                .withMessageContaining("Models");
    }

    @Test
    void misspeltPropertyIsRefused() {
        assertThatThrownBy(() -> CacheConfigs.of(Map.of("categories.models.tll", "4h")))
                .hasMessageContaining("tll");
    }
}
