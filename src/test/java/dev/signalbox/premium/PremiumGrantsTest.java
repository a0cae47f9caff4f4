package dev.signalbox.premium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Requester;
import dev.signalbox.records.MemoryRecords;
import dev.signalbox.records.Records;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PremiumGrantsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Requester SOMEBODY = new Requester.KeyHolder("mobile");
    private static final Subject SUBJECT = Subject.ofKey("mobile");

    private final AtomicLong nanos = new AtomicLong();
    private final MemoryRecords records = new MemoryRecords(() -> NOW.toEpochMilli() * 1_000);
    private final PremiumGrants here = replica(records);
    private final PremiumGrants elsewhere = replica(records);

    private PremiumGrants replica(Records shared) {
        return new PremiumGrants(shared, new GrantIndex(shared), InstantSource.fixed(NOW), nanos::get);
    }

    @Test
    void whoHasNotPaidIsLookedForOnceASecondByLimits() {
        assertThat(wait(here.isPremium(SOMEBODY))).isFalse();

        grant(elsewhere, SUBJECT, "invoice-1");

        assertThat(wait(here.isPremium(SOMEBODY))).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(wait(here.isPremium(SOMEBODY))).isTrue();
    }

    @Test
    void whatIsGrantedHereCountsAtOnce() {
        assertThat(wait(here.isPremium(SOMEBODY))).isFalse();

        grant(here, SUBJECT, "invoice-1");

        assertThat(wait(here.isPremium(SOMEBODY))).isTrue();
    }

    @Test
    void whoAsksHowItStandsIsToldTheTruthMeanwhile() {
        assertThat(wait(here.isPremium(SOMEBODY))).isFalse();

        grant(elsewhere, SUBJECT, "invoice-1");

        assertThat(wait(here.of(SOMEBODY))).isInstanceOf(Premium.Active.class);
        assertThat(wait(here.isPremium(SOMEBODY))).isTrue();
    }

    private static void grant(PremiumGrants replica, Subject subject, String reference) {
        var _ = wait(replica.grant(subject, new GrantTerms("premium", 30, reference)));
    }

    private static <T> T wait(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
