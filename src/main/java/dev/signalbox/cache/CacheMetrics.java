package dev.signalbox.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/** Counts for Prometheus what the cache does beside answering. */
final class CacheMetrics implements CacheCounters {

    private static final Logger LOG = Logger.getLogger(CacheMetrics.class);

    private final MeterRegistry registry;

    CacheMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void oversized(Category category) {
        count("signalbox.cache.oversized", "Answers too large to be kept", category);
    }

    @Override
    public void notShared(Category category) {
        count("signalbox.cache.not.shared", "Entries that Redis did not take", category);
    }

    @Override
    public void fault(Category category, Throwable cause) {
        count("signalbox.cache.faults", "Entries that could not be kept because of a fault of ours", category);
        LOG.errorf(cause, "[Cache] An entry of category %s could not be kept", category.name());
    }

    /** Shows how many invalidations bind this replica only, because Redis does not have them yet. */
    void publish(IntSupplier unsentMarks) {
        Gauge.builder("signalbox.cache.invalidations.unsent", unsentMarks, IntSupplier::getAsInt)
                .description("Invalidations that bind this replica and wait for Redis")
                .strongReference(true)
                .register(registry);
    }

    private void count(String name, String description, Category category) {
        Counter.builder(name)
                .description(description)
                .tag("category", category.name())
                .register(registry)
                .increment();
    }
}
