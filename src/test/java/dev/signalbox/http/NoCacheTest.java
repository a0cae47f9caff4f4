package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoCacheTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-cache            | true
            No-Cache            | true
            max-age=0, no-cache | true
            no-cache,no-store   | true
            max-age=0           | false
            x-no-cache          | false
            no-cached           | false
            no-cache="set-cookie" | false
            ''                  | false
            """)
    void directiveIsFoundAmongOthersAndNotInsideThem(String value, boolean asked) {
        assertThat(NoCache.hasDirective(value)).isEqualTo(asked);
    }
}
