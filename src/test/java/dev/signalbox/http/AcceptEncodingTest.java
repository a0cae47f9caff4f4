package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                          | true
            gzip, deflate, br, zstd       | true
            br, gzip                      | true
            GZip                          | true
            x-gzip                        | true
            gzip;q=0.001                  | true
            gzip ; q=0.5                  | true
            gzip;Q=1.000                  | true
            *                             | true
            br;q=1, *;q=0.1               | true
            identity;q=0.5, gzip;q=0.5    | true
            identity;q=0, *               | true
            gzip, *;q=0                   | true
            ''                            | false
            br                            | false
            identity                      | false
            gzip;q=0                      | false
            gzip;q=0.000                  | false
            *;q=0                         | false
            gzip;q=0, *                   | false
            gzip;q=0.4, identity;q=0.5    | false
            identity, *;q=0.9             | false
            gzip;q=2                      | false
            gzip;q=0.1234                 | false
            gzip;q=NaN                    | false
            gzip;level=9                  | false
            gzipped                       | false
            """)
    void gzipIsSentToThoseWhoLikeItNoLess(String value, boolean expected) {
        assertThat(AcceptEncoding.prefersGzip(List.of(value))).isEqualTo(expected);
    }

    @Test
    void noFieldAsksForNothing() {
        assertThat(AcceptEncoding.prefersGzip(List.of())).isFalse();
    }

    @Property
    void linesOfAFieldAreOneList(@ForAll("members") List<String> members) {
        assertThat(AcceptEncoding.prefersGzip(members))
                .isEqualTo(AcceptEncoding.prefersGzip(List.of(String.join(", ", members))));
    }

    @Property
    void theOrderDoesNotMatter(@ForAll("members") List<String> members) {
        assertThat(AcceptEncoding.prefersGzip(members)).isEqualTo(AcceptEncoding.prefersGzip(members.reversed()));
    }

    @Property
    void whateverIsSentIsRead(@ForAll String value) {
        assertThat(AcceptEncoding.prefersGzip(List.of(value))).isIn(true, false);
    }

    @Provide
    Arbitrary<List<String>> members() {
        return Arbitraries.of("gzip", "identity", "*", "br", "deflate")
                .flatMap(coding ->
                        Arbitraries.of("", ";q=0", ";q=0.2", ";q=0.7", ";q=1").map(weight -> coding + weight))
                .list()
                .uniqueElements(member -> member.replaceAll(";.*", ""))
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
