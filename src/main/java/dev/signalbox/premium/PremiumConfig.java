package dev.signalbox.premium;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;

/** What is free, and what premium costs. */
@ConfigMapping(prefix = "signalbox.premium")
public interface PremiumConfig {

    /** What premium costs, in US dollars, {@code PREMIUM_PRICE_USD}. Only shown: who has paid is said by grants. */
    @WithDefault("4.99")
    BigDecimal priceUsd();

    /** What is free. */
    FreeTierGroup freeTier();

    /** What is free. */
    interface FreeTierGroup {

        /** Whether there is a quota, {@code FREE_TIER_ENABLED}. Off, everything is free. */
        @WithDefault("true")
        boolean enabled();

        /**
         * Threads that a caller may have made in a day (UTC), {@code FREE_TIER_DAILY_LIMIT}; 0 or more. Those that come from
         * cache are not counted.
         */
        @WithDefault("5")
        long dailyLimit();

        /** The same in a month (UTC), {@code FREE_TIER_MONTHLY_LIMIT}; 0 or more. */
        @WithDefault("20")
        long monthlyLimit();
    }
}
