package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDispositionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HIT    | false | true  | PT52.9S | Signalbox; hit; ttl=52
            STALE  | false | true  | PT-30S  | Signalbox; hit; ttl=-30
            MISS   | false | true  | PT60S   | Signalbox; fwd=miss; stored; ttl=60
            MISS   | true  | true  | PT60S   | Signalbox; fwd=miss; stored; ttl=60; collapsed
            MISS   | true  | false | PT0S    | Signalbox; fwd=miss; collapsed
            MISS   | false | false | PT0S    | Signalbox; fwd=miss
            BYPASS | false | false | PT0S    | Signalbox; fwd=request
            BYPASS | true  | true  | PT60S   | Signalbox; fwd=request; stored; ttl=60; collapsed
            """)
    void cacheStatusSaysWhatHappened(
            CacheDisposition.Status status, boolean collapsed, boolean stored, Duration remaining, String expected) {
        assertThat(new CacheDisposition(status, collapsed, stored, Duration.ZERO, remaining, ServerTiming.none())
                        .cacheStatus())
                .isEqualTo(expected);
    }
}
