package dev.signalbox.redis;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Divides by what the link sees of the fleet. */
@Startup
@Singleton
final class FleetSharesProducer {

    private final FleetShares shares;

    FleetSharesProducer(FleetConfig config, FleetSize fleet) {
        if (config.size() < 1) {
            throw new ConfigurationException("signalbox.fleet.size is 1 or more, not " + config.size());
        }
        this.shares = new FleetShares(fleet, config.size());
    }

    @Produces
    @Singleton
    FleetShares shares() {
        return shares;
    }
}
