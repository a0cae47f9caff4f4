package dev.signalbox.ratelimit;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Limits as they are configured. */
final class LimitsConfigs {

    private LimitsConfigs() {}

    static LimitsConfig of(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LimitsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(LimitsConfig.class);
    }

    /** The properties of one limit. */
    static Map<String, String> named(String name, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> properties.put("signalbox.limits." + name + "." + key, value));
        return properties;
    }
}
