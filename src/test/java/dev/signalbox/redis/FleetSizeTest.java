package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetSizeTest {

    private long nanos;
    private final FleetSize fleet = new FleetSize(() -> nanos);

    @Test
    void nothingIsKnownBeforeRedisTells() {
        assertThat(fleet.replicas()).isEmpty();
        assertThat(fleet.isFirst()).isTrue();
    }

    @Test
    void mostOfTheLastTenMinutesCount() {
        fleet.saw(3, false, Duration.ofSeconds(10));
        pass(Duration.ofMinutes(4));
        fleet.saw(2, false, Duration.ofSeconds(10));
        pass(Duration.ofMinutes(6));
        fleet.saw(1, true, Duration.ofSeconds(10));

        assertThat(fleet.replicas()).hasValue(3);
        pass(Duration.ofNanos(1));
        fleet.saw(1, true, Duration.ofSeconds(10));
        assertThat(fleet.replicas()).hasValue(2);
    }

    @Test
    void whatWasSeenBeforeAnOutageCountsHoweverLongItTakes() {
        fleet.saw(3, false, Duration.ofSeconds(10));
        pass(Duration.ofHours(5));

        assertThat(fleet.replicas()).hasValue(3);
        assertThat(fleet.isFirst()).isFalse();
    }

    @Test
    void whoWasAwayTogetherIsWaitedForUntilItHadTheTimeToComeBack() {
        fleet.saw(3, false, Duration.ofSeconds(10));
        pass(Duration.ofHours(5));
        for (int second = 0; second < 10; second++) {
            fleet.saw(1, true, Duration.ofSeconds(10));
            assertThat(fleet.lately()).isEqualTo(3);
            pass(Duration.ofSeconds(1));
        }
        fleet.saw(1, true, Duration.ofSeconds(10));
        assertThat(fleet.lately()).isEqualTo(1);
    }

    @Test
    void outageThatIsShorterThanTheTimeAfterWhichOneIsGoneIsAnAbsenceTogetherToo() {
        fleet.saw(3, false, Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));
        fleet.saw(1, true, Duration.ofSeconds(10));
        pass(Duration.ofSeconds(2));
        fleet.saw(1, true, Duration.ofSeconds(10));

        assertThat(fleet.lately())
                .as("the others may still wait for their next attempt")
                .isEqualTo(3);
    }

    @Test
    void whoIsBackBeforeTheOthersIsNotTheFirstOfThemForThat() {
        fleet.saw(3, false, Duration.ofSeconds(10));
        pass(Duration.ofSeconds(30));
        fleet.saw(1, true, Duration.ofSeconds(10));
        assertThat(fleet.isFirst()).isFalse();

        pass(Duration.ofSeconds(1));
        fleet.saw(3, true, Duration.ofSeconds(10));
        assertThat(fleet.isFirst()).as("all are back, and it is").isTrue();
        pass(Duration.ofSeconds(30));
        fleet.saw(1, true, Duration.ofSeconds(10));
        assertThat(fleet.isFirst()).as("it was").isTrue();
    }

    @Test
    void whoIsAloneForAsLongAsOthersHadTimeToComeBackIsTheFirst() {
        fleet.saw(2, false, Duration.ofSeconds(10));
        pass(Duration.ofSeconds(30));
        for (int second = 0; second < 10; second++) {
            fleet.saw(1, true, Duration.ofSeconds(10));
            assertThat(fleet.isFirst()).isFalse();
            pass(Duration.ofSeconds(1));
        }
        fleet.saw(1, true, Duration.ofSeconds(10));
        assertThat(fleet.isFirst()).isTrue();
    }

    @Test
    void firstHeartbeatOfAProcessWaitsForNobody() {
        pass(Duration.ofHours(5));
        fleet.saw(2, true, Duration.ofSeconds(10));

        assertThat(fleet.lately()).isEqualTo(2);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
