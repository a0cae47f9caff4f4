package dev.signalbox.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkHistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final LinkStatus FIRST = LinkStatus.initial(LinkState.CONNECTING, BEGIN);

    private Instant now = BEGIN.plusSeconds(1);
    private final LinkHistory history = new LinkHistory(FIRST, () -> now);

    @Test
    void eachStateIsOneChange() {
        history.note(FIRST.open(now, "refused"));
        now = now.plusSeconds(1);
        history.note(FIRST.open(now, "refused, for another reason"));
        history.note(FIRST.recovering(now));
        LinkStatus up = new LinkStatus(LinkState.UP, now, 1, "g", Optional.empty(), Optional.empty());
        history.note(up);
        history.note(up.refusing("OOM"));

        assertThat(history.changes())
                .extracting(LinkHistory.Change::state)
                .containsExactly(
                        LinkState.CONNECTING, LinkState.OPEN, LinkState.RECOVERING, LinkState.UP, LinkState.UP);
        assertThat(history.changes().get(1).error()).contains("refused");
        assertThat(history.changes().get(1).at()).isEqualTo(BEGIN.plusSeconds(1));
        assertThat(history.changes().getLast().writesRefused()).contains("OOM");
    }

    @Test
    void latestFiftyAreKept() {
        for (int i = 0; i < 100; i++) {
            history.note(FIRST.open(now, "e" + i));
            history.note(FIRST.recovering(now));
        }

        assertThat(history.changes()).hasSize(50);
        assertThat(history.changes().getLast().state()).isEqualTo(LinkState.RECOVERING);
        assertThat(history.changes().get(48).error()).contains("e99");
    }
}
