package dev.signalbox.environment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Where this process runs. */
@ConfigMapping(prefix = "signalbox.environment")
public interface EnvironmentConfig {

    /** The name that makes the service strict. */
    String PRODUCTION = "production";

    /**
     * What this deployment is for, {@code ENVIRONMENT}. On Railway {@value #PRODUCTION} where nobody says otherwise. Any
     * other name relaxes what only production needs.
     */
    @WithConverter(EnvironmentName.class)
    @WithDefault("development")
    String name();
}
