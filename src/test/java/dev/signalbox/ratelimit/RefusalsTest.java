package dev.signalbox.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import dev.signalbox.ratelimit.Decision.Denied;
import dev.signalbox.ratelimit.Decision.Denied.Reason;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.Limit.OnOutage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    private static final Limit HOURLY = Limit.of("hourly", 5, new Kind.Rate(Duration.ofHours(1)));
    private static final Limit DAILY = Limit.of("daily", 9, new Kind.Window(CalendarPeriod.DAY));
    private static final Limit SHADOW = new Limit("shadow", 1, HOURLY.kind(), OnOutage.SHARE, true);

    @Test
    void whoHasUsedUpALimitIsToldWhich() {
        ProblemException problem =
                problem(Reason.LIMIT, new Usage(HOURLY, false, 0, 9, 8), new Usage(DAILY, true, 3, 9, 0));

        assertThat(problem.type()).isEqualTo(ProblemType.RATE_LIMITED);
        assertThat(problem.getMessage()).contains("'hourly'").doesNotContain("'daily'");
        assertThat(problem.members()).containsEntry("violated-policies", List.of("hourly"));
    }

    @Test
    void severalLimitsAreAllNamedButNoShadow() {
        ProblemException problem = problem(
                Reason.LIMIT,
                new Usage(HOURLY, false, 0, 9, 8),
                new Usage(SHADOW, false, 0, 9, 8),
                new Usage(DAILY, false, 0, 9, 9));

        assertThat(problem.getMessage()).contains("'hourly', 'daily'");
        assertThat(problem.members()).containsEntry("violated-policies", List.of("hourly", "daily"));
    }

    @ParameterizedTest
    @CsvSource({"SHARE", "CLOSED"})
    void anOutageIsNeverTheCallersFault(Reason reason) {
        Limit closed = new Limit("hourly", 5, HOURLY.kind(), OnOutage.CLOSED, false);

        ProblemException problem = problem(reason, new Usage(closed, false, 0, 9, 8));

        assertThat(problem.type()).isEqualTo(ProblemType.REDUCED_CAPACITY);
        assertThat(problem.type().status()).isEqualTo(503);
        assertThat(problem.getMessage()).contains("away", "'hourly'");
    }

    @Test
    void ofClosedLimitsOnlyThoseThatRefuseAreNamed() {
        Limit closed = new Limit("closed", 9, HOURLY.kind(), OnOutage.CLOSED, false);
        Limit hidden = new Limit("hidden", 9, HOURLY.kind(), OnOutage.CLOSED, true);

        ProblemException problem = problem(
                Reason.CLOSED,
                new Usage(closed, true, 9, 0, 0),
                new Usage(DAILY, true, 9, 0, 0),
                new Usage(hidden, true, 9, 0, 0));

        assertThat(problem.members()).containsEntry("violated-policies", List.of("closed"));
        assertThat(problem.members()).containsEntry("retry_after", 5L);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "999999,1", "1000000,1", "1000001,2", "720000000,720", "-1,5"})
    void whoWaitsForRetryAfterHasNotComeTooEarly(long retryMicros, long seconds) {
        ProblemException problem = problem(Reason.LIMIT, new Usage(HOURLY, false, 0, 9, retryMicros));

        assertThat(problem.members()).containsEntry("retry_after", seconds);
    }

    @Test
    void ofSeveralTheLongestWaitCounts() {
        ProblemException problem = problem(
                Reason.LIMIT,
                new Usage(HOURLY, false, 0, 9, 8_000_000),
                new Usage(DAILY, false, 0, 9, 9_000_000),
                new Usage(SHADOW, false, 0, 9, 10_000_000));

        assertThat(problem.members()).containsEntry("retry_after", 9L);
    }

    private static ProblemException problem(Reason reason, Usage... usages) {
        return Refusals.problem(new Denied(List.of(usages), Engine.LOCAL, reason));
    }
}
