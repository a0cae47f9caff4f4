package dev.signalbox.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskConfigTest {

    @Test
    void nothingConfiguredKeepsAGigabyteBesideTheProcess() {
        DiskConfig config = config(Map.of());

        assertThat(config.directory()).isEqualTo(".signalbox");
        assertThat(config.maxBytes().asLongValue()).isEqualTo(1024 * TestDisk.MEGABYTE);
        assertThat(config.ephemeral()).isFalse();
    }

    @Test
    void everythingCanBeConfigured() {
        DiskConfig config = config(Map.of("directory", "/data", "max-bytes", "10M", "ephemeral", "true"));

        assertThat(config.directory()).isEqualTo("/data");
        assertThat(config.maxBytes().asLongValue()).isEqualTo(10 * TestDisk.MEGABYTE);
        assertThat(config.ephemeral()).isTrue();
    }

    @Test
    void memoryTakesAQuarterOfTheHeapAtMost() {
        assertThat(DiskBounds.of(1_000).inMemory(2_000).maxBytes()).isEqualTo(500);
        assertThat(DiskBounds.of(1_000).inMemory(8_000).maxBytes()).isEqualTo(1_000);
    }

    private static DiskConfig config(Map<String, String> properties) {
        SmallRyeConfigBuilder config =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(DiskConfig.class);
        properties.forEach((name, value) -> config.withDefaultValue("signalbox.disk." + name, value));
        return config.build().getConfigMapping(DiskConfig.class);
    }
}
