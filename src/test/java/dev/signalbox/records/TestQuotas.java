package dev.signalbox.records;

import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.Shares;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Quotas put together as in the service, by a time of the test's, also for tests of the packages above. */
public final class TestQuotas {

    static final KeySpace KEYS = new KeySpace("quota-test");

    private TestQuotas() {}

    /** The quotas of one replica. */
    public static Quotas of(RedisLink link, Records records, Shares shares, LongSupplier micros) {
        return engine(link, records, shares, micros, 1_000);
    }

    static FleetQuotas engine(RedisLink link, Records records, Shares shares, LongSupplier micros, int mostCallers) {
        return engine(link, records, shares, micros, ledger(mostCallers));
    }

    static FleetQuotas engine(RedisLink link, Records records, Shares shares, LongSupplier micros, QuotaLedger ledger) {
        return engine(link, () -> Uni.createFrom().item(true), records, shares, micros, ledger);
    }

    /** The same on a Redis that may have lost something. */
    static FleetQuotas engine(
            RedisLink link,
            Supplier<Uni<Boolean>> isWhole,
            Records records,
            Shares shares,
            LongSupplier micros,
            QuotaLedger ledger) {
        QuotaScripts scripts = new QuotaScripts(link, KEYS, () -> Long.toString(micros.getAsLong()), Reservation.LEASE);
        return new FleetQuotas(link, scripts, isWhole, records, ledger, shares, micros, names());
    }

    static QuotaLedger ledger(int mostCallers) {
        return new QuotaLedger(mostCallers, names());
    }

    private static Supplier<String> names() {
        SplittableRandom random = new SplittableRandom();
        return () -> HexFormat.of().toHexDigits(random.nextLong());
    }
}
