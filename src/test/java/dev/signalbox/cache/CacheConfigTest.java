package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.cache.CachePolicies.CategoryPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                        Duration.ofMinutes(5), CacheConfig.Scope.CALLER, 8 * MEGABYTE, 32 * MEGABYTE));
    }

    @Test
    void everythingCanBeConfigured() {
        CachePolicies policies = new CachePolicies(CacheConfigs.of(Map.of(
                "l1.max-bytes", "1M",
                "categories.models.ttl", "4h",
                "categories.models.scope", "public",
                "categories.models.max-entry-bytes", "64K",
                "categories.models.l1-max-bytes", "2M",
                "categories.user.ttl", "PT30S")));

        assertThat(policies.of(MODELS))
                .isEqualTo(new CategoryPolicy(Duration.ofHours(4), CacheConfig.Scope.PUBLIC, 64 * 1024, 2 * MEGABYTE));
        assertThat(policies.of(new Category("user")))
                .isEqualTo(
                        new CategoryPolicy(Duration.ofSeconds(30), CacheConfig.Scope.CALLER, 8 * MEGABYTE, MEGABYTE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "-PT1H", "PT0.0009S", "3651d", "PT9223372036854775807S"})
    void ttlThatCannotBeMeantIsRefusedByItsNameBeforeAnyRequest(String ttl) {
        CacheConfig config = CacheConfigs.of(Map.of("categories.models.ttl", ttl));

        assertThatIllegalArgumentException()
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
