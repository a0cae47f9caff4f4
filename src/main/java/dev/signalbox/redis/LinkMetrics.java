package dev.signalbox.redis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Publishes the link's state and the ends of its commands. */
@Singleton
final class LinkMetrics {

    /** The client's own meters multiply with each new client and stick to the first, dead one. */
    @Produces
    @Singleton
    MeterFilter withoutClientMeters() {
        return MeterFilter.deny(id -> id.getName().startsWith("redis."));
    }

    /** Registers the meters of a link. */
    void publish(RedisLink link, LinkCounters counters, MeterRegistry registry) {
        for (LinkState state : LinkState.values()) {
            var _ = Gauge.builder(
                            "signalbox.redis.link.state", link, l -> l.status().state() == state ? 1 : 0)
                    .description("1 for the state that the link is in")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        var _ = Gauge.builder(
                        "signalbox.redis.link.writable", link, l -> l.status().writable() ? 1 : 0)
                .description("1 while Redis takes writes")
                .register(registry);
        var _ = FunctionCounter.builder(
                        "signalbox.redis.link.epochs", link, l -> l.status().epoch())
                .description("Times that the link came up")
                .register(registry);
        for (LinkCounters.Outcome outcome : LinkCounters.Outcome.values()) {
            var _ = FunctionCounter.builder("signalbox.redis.commands", counters, c -> c.total(outcome))
                    .description("Commands by how they ended")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
