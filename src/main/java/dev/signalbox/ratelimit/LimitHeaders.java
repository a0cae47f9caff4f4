package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows a client how its limits stand: {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers,
 * structured fields of RFC 9651), the {@code X-RateLimit-} fields that older clients know, and who decided.
 */
final class LimitHeaders {

    private static final long SECOND = 1_000_000;

    private LimitHeaders() {}

    /**
     * Adds them to an answer; nothing where no limit is enforced.
     *
     * @param now the time, for {@code X-RateLimit-Reset}, which is a date in seconds since 1970
     */
    static void add(MultiMap headers, Admission admission, Instant now) {
        List<Usage> usages = admission.usages();
        Optional<Usage> tightest = usages.stream().min(Comparator.comparingLong(Usage::remaining));
        if (tightest.isEmpty()) {
            return;
        }
        Usage shown = tightest.get();
        headers.set(
                        "RateLimit-Policy",
                        usages.stream().map(LimitHeaders::policy).collect(Collectors.joining(", ")))
                .set(
                        "RateLimit",
                        usages.stream()
                                .map(usage -> state(usage, admission.engine()))
                                .collect(Collectors.joining(", ")))
                .set("X-RateLimit-Limit", Long.toString(shown.limit().amount()))
                .set("X-RateLimit-Remaining", Long.toString(shown.remaining()))
                .set("X-RateLimit-Reset", Long.toString(seconds(micros(now) + shown.resetMicros())))
                .set("Signalbox-Decided-By", admission.engine().name().toLowerCase(Locale.ROOT));
    }

    /** Microseconds in whole seconds, rounded up: who waits for so long has not come too early. */
    static long seconds(long micros) {
        return Math.ceilDiv(micros, SECOND);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    /** The window is told where it has a fixed length. */
    private static String policy(Usage usage) {
        String quota = '"' + usage.limit().name() + "\";q=" + usage.limit().amount();
        return switch (usage.limit().kind()) {
            case Kind.Rate rate -> quota + ";w=" + seconds(Limit.micros(rate.window()));
            case Kind.Window window when window.period() == CalendarPeriod.DAY -> quota + ";w=86400";
            case Kind.Window month -> quota;
            case Kind.Concurrency slots -> quota + ";qu=\"concurrent-requests\"";
        };
    }

    private static String state(Usage usage, Engine engine) {
        String available = '"' + usage.limit().name() + "\";r=" + usage.remaining();
        return usage.limit().kind() instanceof Kind.Concurrency
                ? available
                : available + ";t=" + seconds(effectiveWindowMicros(usage, engine));
    }

    /**
     * Time in which no more than what remains can be used (§4.1.2 of the draft): until one unit more is there, which is what
     * {@code Retry-After} says to whoever is refused. Of a share, whose units come more slowly, until all of them are.
     */
    private static long effectiveWindowMicros(Usage usage, Engine engine) {
        if (usage.refuses() && usage.retryMicros() != Usage.NEVER) {
            return usage.retryMicros();
        }
        if (engine == Engine.REDIS && usage.limit().kind() instanceof Kind.Rate rate) {
            Gcra gcra = Gcra.of(usage.limit().amount(), rate.window());
            return (usage.remaining() + 1) * gcra.intervalMicros() - gcra.spanMicros() + usage.resetMicros();
        }
        return usage.resetMicros();
    }
}
