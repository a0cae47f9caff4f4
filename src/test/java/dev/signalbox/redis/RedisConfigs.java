package dev.signalbox.redis;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Configurations as a file would give them. */
final class RedisConfigs {

    private static final int FILE_ORDINAL = 100;
    private static final int ABOVE_THE_PLAIN_PARSER = 200;

    private RedisConfigs() {}

    /** The mapping of properties that are named without their common prefix. */
    static RedisConfig of(Map<String, String> properties) {
        Map<String, String> prefixed = properties.entrySet().stream()
                .collect(Collectors.toMap(entry -> "signalbox.redis." + entry.getKey(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .withMapping(RedisConfig.class)
                // As in the service, where 100ms is a duration.
                .withConverter(Duration.class, ABOVE_THE_PLAIN_PARSER, new DurationConverter())
                .withSources(new PropertiesConfigSource(prefixed, "test", FILE_ORDINAL))
                .build()
                .getConfigMapping(RedisConfig.class);
    }
}
