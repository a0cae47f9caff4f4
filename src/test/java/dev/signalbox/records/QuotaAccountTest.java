package dev.signalbox.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaAccountTest {

    private static final long NOW = 1_000;

    @Test
    void unitsOfAFieldThatWasForgottenWhileRedisWasAskedCountOnce() {
        QuotaAccount anew = QuotaAccount.unknown("f2").seen("f1", new QuotaFigures(3, 5, 0), NOW);

        assertThat(anew.used(NOW)).isEqualTo(8);
        assertThat(anew.counted("r").total()).as("the field begins at nothing").isEqualTo(1);
        assertThat(anew.counted("r").used(NOW)).isEqualTo(9);
    }

    @Test
    void unitsOfTheFieldThatIsStillCountedInAreItsOwn() {
        QuotaAccount known = QuotaAccount.unknown("f1").seen("f1", new QuotaFigures(3, 5, 0), NOW);

        assertThat(known.used(NOW)).isEqualTo(8);
        assertThat(known.counted("r").total()).isEqualTo(6);
    }
}
