package dev.signalbox.premium;

import dev.signalbox.http.Requester;
import dev.signalbox.records.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Optional;

/** Tells requesters how they stand. */
@Singleton
class PremiumService {

    private final PremiumGrants grants;
    private final Quotas quotas;
    private final FreeTier freeTier;
    private final BigDecimal price;

    PremiumService(PremiumGrants grants, Quotas quotas, FreeTier freeTier, PremiumConfig config) {
        this.grants = grants;
        this.quotas = quotas;
        this.freeTier = freeTier;
        this.price = config.priceUsd();
    }

    BigDecimal price() {
        return price;
    }

    /**
     * What is paid and what is used, asked for at the same time.
     *
     * @return fails with a problem 503 if it cannot be known whether the requester has paid
     */
    Uni<Standing> standing(Requester requester) {
        return Uni.combine()
                .all()
                .unis(grants.of(requester), quotas.look(requester.caller()))
                .with((premium, usage) ->
                        new Standing(premium, usage, freeTier.limits(), freeTier.isEnabled()).knownPremium());
    }

    /** As above, without what is used. */
    Uni<Standing> premiumOf(Requester requester) {
        return grants.of(requester)
                .map(premium -> new Standing(premium, Optional.empty(), freeTier.limits(), freeTier.isEnabled())
                        .knownPremium());
    }
}
