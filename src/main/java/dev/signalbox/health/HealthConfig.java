package dev.signalbox.health;

import dev.signalbox.environment.EnvironmentName;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What a monitor is told. */
@ConfigMapping(prefix = "signalbox.health")
public interface HealthConfig {

    /**
     * Whether readiness is DOWN while Redis is away. Off, a deployment succeeds during an outage of Redis; on, it waits, and
     * a balancer that asks for readiness takes every replica out at once.
     */
    @WithDefault("false")
    boolean redisRequired();

    /** Version that {@code /health} shows. Set by the build. */
    String version();

    /** Name of the environment that {@code /health} shows. */
    @WithConverter(EnvironmentName.class)
    @WithDefault("development")
    String environment();
}
