package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.MapBackedConfigSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties as the rest of the service sees them: through the real configuration library. */
class EnvironmentSourceTest {

    private static final String PASSWORD = "signalbox.redis.password";

    @Test
    void propertiesComeFromVariables() {
        SmallRyeConfig config = started(Map.of("REDIS_DEADLINE_MS", "250", "PORT", "9000", "CACHE_TTL_HOURS", "1.5"));

        assertThat(config.getValue("signalbox.redis.deadline", Duration.class)).isEqualTo(Duration.ofMillis(250));
        assertThat(config.getValue("quarkus.http.port", Integer.class)).isEqualTo(9000);
        assertThat(config.getValue("signalbox.cache.categories.threads.ttl", Duration.class))
                .isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p$$w${x}\\$y",
                "$",
                "$$",
                "\\$",
                "\\\\$",
                "${}",
                "${a:b}",
                "$${a}",
                "a\\b",
                "{}",
                "${{",
                "%dev.x"
            })
    void aPasswordArrivesAsItWasWritten(String password) {
        assertThat(started(Map.of("REDIS_PASSWORD", password)).getValue(PASSWORD, String.class))
                .isEqualTo(password);
    }

    @Property
    void anyPasswordArrivesAsItWasWritten(
            @ForAll @StringLength(min = 1, max = 20) @CharRange(from = ' ', to = '~') @Chars({'$', '{', '}', '\\', ':'})
                    String password) {
        Assume.that(!password.isBlank() && !password.matches(".*\\$\\{\\{[^{}]+}}.*"));

        assertThat(started(Map.of("REDIS_PASSWORD", password)).getOptionalValue(PASSWORD, String.class))
                .hasValue(password);
    }

    @Test
    void aReferenceThatWasNeverExpandedDoesNotStopTheStart() {
        SmallRyeConfig config = started(Map.of("REDIS_URL", "${{Redis.REDIS_URL}}", "REDIS_HOST", "h"));

        assertThat(config.getOptionalValue("signalbox.redis.url", String.class)).isEmpty();
        assertThat(config.getValue("signalbox.redis.host", String.class)).isEqualTo("h");
    }

    @Test
    void aVariableWinsOverFiles() {
        SmallRyeConfig config = started(
                Map.of("REDIS_HOST", "variable"),
                properties("config/application.properties", 260, Map.of("signalbox.redis.host", "file")),
                properties("application.properties", 250, Map.of("%prod.signalbox.redis.host", "profile")));

        assertThat(config.getValue("signalbox.redis.host", String.class)).isEqualTo("variable");
    }

    @Test
    void thePropertyItselfWinsOverTheVariable() {
        Map<String, String> variables = Map.of("REDIS_HOST", "variable", "SIGNALBOX_REDIS_HOST", "property");

        assertThat(started(variables).getValue("signalbox.redis.host", String.class))
                .isEqualTo("property");
    }

    @Test
    void dotEnvIsReadWhereTheEnvironmentIsSilent() {
        ConfigSource dotEnv = new EnvConfigSource(Map.of("REDIS_HOST", "dotenv", "REDIS_PORT", "7000"), 295);

        SmallRyeConfig config = started(Map.of("REDIS_HOST", "shell"), dotEnv);

        assertThat(config.getValue("signalbox.redis.host", String.class)).isEqualTo("shell");
        assertThat(config.getValue("signalbox.redis.port", Integer.class)).isEqualTo(7000);
    }

    @Test
    void valuesThatCannotBeUnderstoodStopTheStartWithALineEach() {
        assertThatThrownBy(() -> started(Map.of("REDIS_PORT", "six", "REDIS_URL", "redis://u:p@h:x")))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .satisfies(lines -> assertThat(lines.lines()).hasSize(2))
                .startsWith("REDIS_URL is \"redis://***@h:***\", but ")
                .contains(System.lineSeparator() + "REDIS_PORT is \"six\", but ");
    }

    @Test
    void aBuildDoesNotSeeTheEnvironment() {
        SmallRyeConfig config =
                builder(Map.of("REDIS_HOST", "build-machine", "PORT", "x")).build();

        assertThat(config.getOptionalValue("signalbox.redis.host", String.class))
                .isEmpty();
    }

    @Test
    void aTestDoesNotSeeTheEnvironment() {
        SmallRyeConfig config = builder(Map.of("REDIS_HOST", "laptop", "PORT", "x"))
                .withSources(runTime())
                .withProfile("test")
                .build();

        assertThat(config.getOptionalValue("signalbox.redis.host", String.class))
                .isEmpty();
    }

    @Test
    void aMappingDoesNotStumbleOverVariables() {
        SmallRyeConfig config = builder(Map.of("ENVIRONMENT", "staging", "REDIS_URL", "redis://h"))
                .withSources(runTime())
                .withMapping(EnvironmentConfig.class)
                .build();

        assertThat(config.getConfigMapping(EnvironmentConfig.class).name()).isEqualTo("staging");
    }

    @Test
    void theEnvironmentIsDevelopmentWhereNobodySaysOtherwise() {
        SmallRyeConfig config = builder(Map.of())
                .withSources(runTime())
                .withMapping(EnvironmentConfig.class)
                .build();

        assertThat(config.getConfigMapping(EnvironmentConfig.class).name()).isEqualTo("development");
    }

    private static SmallRyeConfig started(Map<String, String> variables, ConfigSource... more) {
        return builder(variables)
                .withSources(runTime())
                .withSources(List.of(more))
                .build();
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withProfile("prod")
                .withSources(new EnvConfigSource(variables, 300))
                .withSources(new EnvironmentSource());
    }

    private static ConfigSource runTime() {
        return properties(EnvironmentSource.MARK_OF_RUN_TIME, Integer.MAX_VALUE, Map.of());
    }

    private static ConfigSource properties(String name, int ordinal, Map<String, String> properties) {
        return new MapBackedConfigSource(name, properties, ordinal) {};
    }
}
