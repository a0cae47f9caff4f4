package dev.signalbox.premium;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.Quotas;
import dev.signalbox.records.Records;
import dev.signalbox.records.TestQuotas;
import dev.signalbox.redis.TestLinks;
import java.math.BigDecimal;
import java.time.InstantSource;

/** Free tiers as in the service, also for tests of the packages above. */
public final class FreeTiers {

    private FreeTiers() {}

    /** Everything is free. */
    public static FreeTier off() {
        MemoryRecords records = new MemoryRecords(() -> 0);
        Quotas quotas = TestQuotas.of(TestLinks.disabled(), records, amount -> amount, () -> 0);
        return new FreeTier(quotas, grants(records, InstantSource.system()), config(false, 0, 0));
    }

    /** So many units a day. */
    public static FreeTier of(Quotas quotas, Records records, InstantSource clock, long daily) {
        return new FreeTier(quotas, grants(records, clock), config(true, daily, 20));
    }

    static PremiumGrants grants(Records records, InstantSource clock) {
        return new PremiumGrants(records, new GrantIndex(records), clock, Ticker.systemTicker());
    }

    static PremiumConfig config(boolean enabled, long daily, long monthly) {
        return new PremiumConfig() {
            @Override
            public BigDecimal priceUsd() {
                return new BigDecimal("4.99");
            }

            @Override
            public FreeTierGroup freeTier() {
                return new FreeTierGroup() {
                    @Override
                    public boolean enabled() {
                        return enabled;
                    }

                    @Override
                    public long dailyLimit() {
                        return daily;
                    }

                    @Override
                    public long monthlyLimit() {
                        return monthly;
                    }
                };
            }
        };
    }
}
