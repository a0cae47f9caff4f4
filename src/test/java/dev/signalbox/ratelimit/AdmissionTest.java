package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Decision.Allowed;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Denied.Reason;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Limit HOURLY = Limit.of("hourly", 5, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit SLOTS = Limit.of("slots", 2, new Kind.Concurrency(Duration.ofMinutes(1)));
    private static final Limit SHADOW = new Limit("shadow", 1, HOURLY.kind(), OnOutage.SHARE, true);
    private static final List<Demand> DEMANDS = List.of(Demand.of(HOURLY), Demand.of(SLOTS), Demand.of(SHADOW));
    private static final Receipt OF_USER = new Receipt("0000000000000001", 7);
    private static final Receipt OF_HOLDER = new Receipt("0000000000000002", 7);

    private final Claim user = Claim.of(Caller.ofCredential("user"), DEMANDS);
    private final Claim holder = Claim.of(Caller.ofCredential("holder"), DEMANDS);

    @Test
    void withoutLimitsEverythingIsGranted() {
        Admission admission = new Admission(List.of(), List.of());

        assertThat(admission.isGranted()).isTrue();
        assertThat(admission.usages()).isEmpty();
        assertThat(admission.taken()).isEmpty();
    }

    @Test
    void isGrantedWhenBothCallersLimitsAdmitIt() {
        Admission admission = new Admission(List.of(user, holder), List.of(allowed(OF_USER, 4), allowed(OF_HOLDER, 2)));

        assertThat(admission.isGranted()).isTrue();
        assertThat(admission.usages()).extracting(Usage::remaining).containsExactly(2L, 2L);
        assertThat(admission.usages()).extracting(usage -> usage.limit().name()).containsExactly("hourly", "slots");
    }

    @Test
    void whatOneOfThemTookInVainIsAllThatIsGivenBack() {
        Admission admission = new Admission(List.of(user, holder), List.of(allowed(OF_USER, 4), denied(9, 0)));

        assertThat(admission.isGranted()).isFalse();
        assertThat(admission.taken())
                .containsExactly(new Claim(
                        user.caller(), List.of(Demand.of(HOURLY), Demand.of(SLOTS)), new Claim.Purpose.Undo(OF_USER)));
    }

    @Test
    void afterTheRequestOnlySlotsAreLetGo() {
        Admission admission = new Admission(List.of(user, holder), List.of(allowed(OF_USER, 4), allowed(OF_HOLDER, 2)));

        assertThat(admission.held())
                .containsExactly(
                        new Claim(user.caller(), List.of(Demand.of(SLOTS)), new Claim.Purpose.Undo(OF_USER)),
                        new Claim(holder.caller(), List.of(Demand.of(SLOTS)), new Claim.Purpose.Undo(OF_HOLDER)));
    }

    @Test
    void ofTwoRefusalsTheLongerWaitIsTold() {
        Denied shorter = denied(3, 0);
        Denied longer = denied(9, 0);

        assertThat(new Admission(List.of(user, holder), List.of(shorter, longer)).refusal())
                .hasValue(longer);
        assertThat(new Admission(List.of(user, holder), List.of(longer, shorter)).refusal())
                .hasValue(longer);
    }

    @Test
    void nothingIsLongerThanNever() {
        Denied never = denied(Usage.NEVER, 0);

        assertThat(new Admission(List.of(user, holder), List.of(denied(3, 0), never)).refusal())
                .hasValue(never);
    }

    @Test
    void whatWasNotCountedNeedsNotBeGivenBack() {
        Allowed uncounted = new Allowed(usages(true, 4, 0), Engine.LOCAL, Optional.empty());

        assertThat(new Admission(List.of(user), List.of(uncounted)).taken()).isEmpty();
    }

    @Test
    void isLocalIfAnyOfItIs() {
        Allowed local = new Allowed(usages(true, 4, 0), Engine.LOCAL, Optional.empty());

        assertThat(new Admission(List.of(user, holder), List.of(allowed(OF_USER, 4), local)).engine())
                .isEqualTo(Engine.LOCAL);
        assertThat(new Admission(List.of(user), List.of(allowed(OF_USER, 4))).engine())
                .isEqualTo(Engine.REDIS);
    }

    private static Allowed allowed(Receipt receipt, long remaining) {
        return new Allowed(usages(true, remaining, 0), Engine.REDIS, Optional.of(receipt));
    }

    private static Denied denied(long retryMicros, long remaining) {
        return new Denied(usages(false, remaining, retryMicros), Engine.REDIS, Reason.LIMIT);
    }

    /** The shadow would never admit it. */
    private static List<Usage> usages(boolean admits, long remaining, long retryMicros) {
        return List.of(
                new Usage(HOURLY, admits, remaining, 9, retryMicros),
                new Usage(SLOTS, true, remaining, 9, 0),
                new Usage(SHADOW, false, 0, 9, 9));
    }
}
