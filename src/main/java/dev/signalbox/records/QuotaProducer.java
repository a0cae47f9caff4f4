package dev.signalbox.records;

import dev.signalbox.BackgroundWork;
import dev.signalbox.redis.FleetShares;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.ServerClock;
import dev.signalbox.redis.Wholeness;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts quotas together, and keeps reservations from ending while the work that they are for goes on. */
@Singleton
@BackgroundWork("Reservations are prolonged until the process ends; one that could not be ends by itself.")
final class QuotaProducer {

    private static final Logger LOG = Logger.getLogger(QuotaProducer.class);

    /** Some 600 bytes each. */
    private static final int MOST_CALLERS = 20_000;

    /** Two may fail before a reservation ends. */
    private static final Duration RENEWAL = Reservation.LEASE.dividedBy(3);

    private static final String SERVER_TIME = "";

    private final RedisLink link;
    private final FleetQuotas quotas;
    private final AtomicReference<@Nullable Cancellable> renewal = new AtomicReference<>();

    QuotaProducer(
            RedisLink link,
            KeySpace keys,
            Wholeness wholeness,
            ServerClock serverClock,
            FleetShares shares,
            Records records,
            RandomGenerator random) {
        Supplier<String> names = () -> HexFormat.of().toHexDigits(random.nextLong());
        this.link = link;
        this.quotas = new FleetQuotas(
                link,
                new QuotaScripts(link, keys, () -> SERVER_TIME, Reservation.LEASE),
                wholeness::isWhole,
                records,
                new QuotaLedger(MOST_CALLERS, names),
                shares,
                serverClock::micros,
                names);
    }

    @Startup
    void start() {
        link.onChange(status -> {
            if (status.writable()) {
                var _ = quotas.tellOfEnds()
                        .subscribe()
                        .with(done -> {}, fault -> LOG.errorf(fault, "[Quota] Reservations end by themselves"));
            }
        });
        renewal.set(Multi.createFrom()
                .ticks()
                .startingAfter(RENEWAL)
                .every(RENEWAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> quotas.prolongAll()
                        .onFailure()
                        .invoke(fault -> LOG.errorf(fault, "[Quota] Reservations were not prolonged this time"))
                        .onFailure()
                        .recoverWithNull())
                .subscribe()
                .with(done -> {}, fault -> LOG.errorf(fault, "[Quota] Reservations are not prolonged any more")));
    }

    void stop(@Observes ShutdownEvent event) {
        Cancellable running = renewal.getAndSet(null);
        if (running != null) {
            running.cancel();
        }
    }

    @Produces
    @Singleton
    Quotas quotas() {
        return quotas;
    }
}
