package dev.signalbox.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsConfigTest {

    @Test
    void defaults() {
        ModelsConfig config = config(Map.of());

        assertThat(config.url()).isEqualTo(URI.create("https://openrouter.ai/api/v1/models"));
        assertThat(config.pageSize()).isEqualTo(1_000);
        assertThat(config.maxPages()).isEqualTo(100);
        assertThat(config.maxBytes().asLongValue()).isEqualTo(32 << 20);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.maxIndexBytes().asLongValue()).isEqualTo(64 << 20);
        assertThat(config.maxAnswerBytes().asLongValue()).isEqualTo(8 << 20);
    }

    @Test
    void everyKeyExplicit() {
        ModelsConfig config = config(Map.of(
                "signalbox.models.url", "http://localhost:9/models?free=true",
                "signalbox.models.page-size", "50",
                "signalbox.models.max-pages", "7",
                "signalbox.models.max-bytes", "1M",
                "signalbox.models.timeout", "90s",
                "signalbox.models.max-index-bytes", "2M",
                "signalbox.models.max-answer-bytes", "3M"));

        assertThat(config.url()).isEqualTo(URI.create("http://localhost:9/models?free=true"));
        assertThat(config.pageSize()).isEqualTo(50);
        assertThat(config.maxPages()).isEqualTo(7);
        assertThat(config.maxBytes().asLongValue()).isEqualTo(1 << 20);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.maxIndexBytes().asLongValue()).isEqualTo(2 << 20);
        assertThat(config.maxAnswerBytes().asLongValue()).isEqualTo(3 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "url,openrouter.ai,begins with http",
        "page-size,0,from 1 to 10000",
        "page-size,10001,from 1 to 10000",
        "max-pages,-1,from 1 to 10000",
        "max-pages,many,from 1 to 10000",
        "max-bytes,0,from 1 to 1G",
        "timeout,0s,from 1ms to 24h",
        "max-index-bytes,0,from 1 to 1G",
        "max-answer-bytes,0,from 1 to 1G",
    })
    void valueOutOfBoundsStopsTheStart(String key, String value, String expected) {
        assertThatThrownBy(() -> config(Map.of("signalbox.models." + key, value)))
                .hasMessageContaining("signalbox.models." + key)
                .hasMessageContaining(expected);
    }

    private static ModelsConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ModelsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ModelsConfig.class);
    }
}
