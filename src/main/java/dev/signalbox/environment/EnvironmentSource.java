package dev.signalbox.environment;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.Expressions;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Offers the properties that environment variables stand for.
 *
 * <p>They win over files and lose to the same property given by its own name ({@code -Dsignalbox.redis.url},
 * {@code SIGNALBOX_REDIS_URL}). A test never sees them: what the shell of a developer holds must not decide whether the
 * build passes.
 */
public final class EnvironmentSource implements ConfigSourceFactory {

    /** Below {@code .env} (295) and variables (300), above {@code config/application.properties} (260). */
    static final int ORDINAL = 290;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (context.getProfiles().contains("test")
                || context.getConfigSources().stream().noneMatch(s -> "BuildTime RunTime Fixed".equals(s.getName()))) {
            return List.of();
        }
        Environment environment = Expressions.withoutExpansion(() -> Environment.read(name ->
                context.getValue(name) == null ? null : context.getValue(name).getValue()));
        if (!environment.refusals().isEmpty()) {
            throw new io.quarkus.runtime.configuration.ConfigurationException(
                    environment.refusals().stream().map(Refusal::line).collect(Collectors.joining("\n")));
        }
        return List.of(new PropertiesConfigSource(literal(environment.properties()), "environment variables", ORDINAL));
    }

    private static Map<String, String> literal(Map<String, String> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, p -> p.getValue().replace("$", "\\$")));
    }
}
