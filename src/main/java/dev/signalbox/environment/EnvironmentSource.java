package dev.signalbox.environment;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Offers the properties that environment variables stand for, or stops the start with a line for each variable that
 * cannot be understood.
 *
 * <p>A property given by its own name ({@code -Dsignalbox.redis.url}, {@code SIGNALBOX_REDIS_URL}) wins over the variable
 * that stands for it; the variable wins over files. Variables are looked up where all properties are, so {@code .env}
 * counts. A test never sees them: what the shell of a developer holds must not decide whether a build passes.
 *
 * <p>The refusal is thrown here and not checked before the start, because it then works alike for the jar, the binary and
 * dev mode, and dev mode survives it.
 */
public final class EnvironmentSource implements ConfigSourceFactory {

    /** Below {@code .env} (295) and variables (300), above {@code config/application.properties} (260). */
    static final int ORDINAL = 290;

    /**
     * Quarkus puts a source of this name below every configuration of a started process. The configuration of a build has
     * none; what it saw here would become a default of the artefact.
     */
    static final String MARK_OF_RUN_TIME = "BuildTime RunTime Fixed";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (isBuild(context) || context.getProfiles().contains("test")) {
            return List.of();
        }
        Environment environment = Expressions.withoutExpansion(() -> Environment.read(name -> raw(context, name)));
        if (!environment.refusals().isEmpty()) {
            throw new ConfigurationException(environment.refusals().stream()
                    .map(Refusal::line)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return List.of(new PropertiesConfigSource(escaped(environment.properties()), "Environment variables", ORDINAL));
    }

    private static boolean isBuild(ConfigSourceContext context) {
        return context.getConfigSources().stream().map(ConfigSource::getName).noneMatch(MARK_OF_RUN_TIME::equals);
    }

    private static @Nullable String raw(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null ? null : value.getValue();
    }

    /** A {@code $} begins an expression in every other value, and means itself in ours. */
    private static Map<String, String> escaped(Map<String, String> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, property -> property.getValue().replace("$", "\\$")));
    }
}
