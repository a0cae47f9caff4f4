package dev.signalbox.records;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Publishes how it stands with what Redis does not have. */
final class RecordsMetrics {

    private final RecordsInspection inspection;
    private final MeterRegistry registry;

    RecordsMetrics(RecordsInspection inspection, MeterRegistry registry) {
        this.inspection = inspection;
        this.registry = registry;
    }

    /** Registers the gauges. */
    void publish() {
        gauge("signalbox.records.unsent", "Values that wait for Redis; without Redis, all", RecoveryReport::unsent);
        gauge("signalbox.records.set.aside", "Values that Redis refuses for their own sake", RecoveryReport::setAside);
        gauge(
                "signalbox.records.disk.bytes",
                "Size of what is kept on disk",
                report -> report.disk().bytes());
        gauge(
                "signalbox.records.disk.max.bytes",
                "Size from which on nothing is kept any more",
                report -> report.disk().maxBytes());
        gauge(
                "signalbox.records.disk.fault",
                "1 while the disk fails",
                report -> report.disk().fault().isPresent() ? 1 : 0);
    }

    private void gauge(String name, String description, ToDoubleFunction<RecoveryReport> figure) {
        Gauge.builder(name, inspection, it -> figure.applyAsDouble(it.report()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
