package dev.signalbox.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.disk.DiskStatus;
import dev.signalbox.disk.Rest;
import dev.signalbox.records.RecoveryReport;
import dev.signalbox.redis.LinkState;
import dev.signalbox.redis.LinkStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceModeTest {

    private static final DiskStatus NO_DISK =
            new DiskStatus(Rest.MEMORY, Optional.empty(), 0, 0, Optional.empty(), false, 0, 0, 0);

    @ParameterizedTest
    @CsvSource(textBlock = """
            UP,         true,  0, '',       redis,      connected
            UP,         true,  1, '',       recovering, recovering
            UP,         false, 0, '',       recovering, recovering
            UP,         false, 1, READONLY, redis,      connected
            UP,         true,  1, OOM,      redis,      connected
            RECOVERING, true,  0, '',       recovering, recovering
            RECOVERING, false, 1, '',       recovering, recovering
            CONNECTING, true,  0, '',       fallback,   disconnected
            OPEN,       true,  0, '',       fallback,   disconnected
            OPEN,       false, 1, '',       fallback,   disconnected
            DISABLED,   true,  1, '',       memory,     disabled
            """)
    void isToldByTheLinkAndByWhatRedisDoesNotHaveYet(
            LinkState state, boolean isWrittenBack, long unsent, String refused, String mode, String redis) {
        Optional<String> writesRefused = Optional.of(refused).filter(code -> !code.isEmpty());
        LinkStatus link = new LinkStatus(state, Instant.EPOCH, 1, "generation", writesRefused, Optional.empty());

        ServiceMode told = ServiceMode.of(link, report(isWrittenBack, unsent));

        assertThat(told.text()).isEqualTo(mode);
        assertThat(told.redis()).isEqualTo(redis);
    }

    private static RecoveryReport report(boolean isWrittenBack, long unsent) {
        return new RecoveryReport(unsent, Optional.empty(), 0, Optional.empty(), isWrittenBack, NO_DISK);
    }
}
