package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpUrlTest {

    private static final HttpUrl BASE = HttpUrl.parse("https://dev.to/a/b/c;p?q=1#f");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            d                       | https://dev.to/a/b/d
            ./d                     | https://dev.to/a/b/d
            d/                      | https://dev.to/a/b/d/
            /d                      | https://dev.to/d
            //x.example             | https://x.example/
            //x.example:444/d?e#f   | https://x.example:444/d?e
            \\\\x.example\\d        | https://x.example/d
            /\\x.example/d          | https://x.example/d
            ?y                      | https://dev.to/a/b/c;p?y
            d?y                     | https://dev.to/a/b/d?y
            #s                      | https://dev.to/a/b/c;p?q=1
            ""                      | https://dev.to/a/b/c;p?q=1
            " d "                   | https://dev.to/a/b/d
            .                       | https://dev.to/a/b/
            ..                      | https://dev.to/a/
            ../d                    | https://dev.to/a/d
            ../../../d              | https://dev.to/d
            /./../d                 | https://dev.to/d
            http://x.example/d      | http://x.example/d
            HTTP:x.example/d        | http://x.example/d
            /%7ed?utm_source=x&b&a  | https://dev.to/%7ed?utm_source=x&b&a
            /d e?f g                | https://dev.to/d%20e?f%20g
            """)
    void referencesLeadWhereBrowsersGo(String reference, String expected) {
        assertThat(BASE.resolve(reference)).hasToString(expected);
    }

    @Test
    void locationFieldsMayHoldBareUtf8() {
        String asReceived = new String("/é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(BASE.resolveHeader(asReceived)).hasToString("https://dev.to/%C3%A9");
    }
}
