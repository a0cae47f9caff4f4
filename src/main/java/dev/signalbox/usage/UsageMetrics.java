package dev.signalbox.usage;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Publishes how much of what was counted is in memory only. */
@Singleton
final class UsageMetrics {

    private final Tally tally;
    private final MeterRegistry registry;

    UsageMetrics(Tally tally, MeterRegistry registry) {
        this.tally = tally;
        this.registry = registry;
    }

    @Startup
    void publish() {
        Gauge.builder("signalbox.usage.unwritten", tally, Tally::unwritten)
                .description(
                        "Totals that have changed since they were written last; for more than seconds only where nothing can be kept")
                .strongReference(true)
                .register(registry);
    }
}
