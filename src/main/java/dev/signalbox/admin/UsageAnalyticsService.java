package dev.signalbox.admin;

import dev.signalbox.premium.PremiumFigures;
import dev.signalbox.records.NotKnown;
import dev.signalbox.usage.UsageFigures;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Puts together how much the service is used, and remembers it for moments at which nobody can tell. */
@Singleton
final class UsageAnalyticsService {

    private final UsageFigures usage;
    private final PremiumFigures premium;
    private final InstantSource clock;
    private final AtomicReference<@Nullable UsageAnalytics> lastKnown = new AtomicReference<>();

    UsageAnalyticsService(UsageFigures usage, PremiumFigures premium, InstantSource clock) {
        this.usage = usage;
        this.premium = premium;
        this.clock = clock;
    }

    /** The figures of this moment, else the last that were known here; fails with a problem 503 if none were. */
    Uni<UsageAnalytics> analytics() {
        return Uni.combine()
                .all()
                .unis(usage.now(), usage.tokens(), premium.now())
                .with((used, tokens, granted) -> used.isComplete() && tokens.isComplete() && granted.isComplete()
                        ? known(UsageAnalytics.of(used, tokens, granted, clock.instant()))
                        : lastKnown());
    }

    private UsageAnalytics known(UsageAnalytics now) {
        lastKnown.set(now);
        return now;
    }

    private UsageAnalytics lastKnown() {
        UsageAnalytics before = lastKnown.get();
        if (before == null) {
            throw NotKnown.problem();
        }
        return before.stillKnownAt(clock.instant());
    }
}
