package dev.signalbox.origin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a duration of at least one millisecond and at most one day, in Quarkus' spelling: {@code 500ms}, {@code 30s}. */
@RegisterForReflection
public final class PositiveDuration implements Converter<Duration> {

    private static final long serialVersionUID = 1;

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(1);

    @Override
    public Duration convert(String value) {
        Duration duration = DurationConverter.parseDuration(value);
        if (duration == null || duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("expected a duration from 1ms to 24h, such as 5s");
        }
        return duration;
    }
}
