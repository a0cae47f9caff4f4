package dev.signalbox.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is assumed of the fleet of replicas. */
@ConfigMapping(prefix = "signalbox.fleet")
public interface FleetConfig {

    /**
     * Replicas to divide limits among in an outage, for a replica that has never seen Redis. Too small lets a fleet that
     * starts in an outage allow more than its limits; too big allows less.
     */
    @WithDefault("1")
    int size();
}
