package dev.signalbox.cache;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configurations as the service would read them. */
final class CacheConfigs {

    private CacheConfigs() {}

    /**
     * Nothing but these properties.
     *
     * @param properties without their {@code signalbox.cache.}
     */
    static CacheConfig of(Map<String, String> properties) {
        SmallRyeConfigBuilder config =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(CacheConfig.class);
        properties.forEach((name, value) -> config.withDefaultValue("signalbox.cache." + name, value));
        return config.build().getConfigMapping(CacheConfig.class);
    }
}
