package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = new AllowedHosts(
            List.of("medium.com", "*.Medium.com", "*.blog", "Bücher.example", "10.1.2.3", "::1", "[FD00:0::1]"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "medium.com",
                "MEDIUM.com",
                "medium.com.",
                "anna.medium.com",
                "a.b.c.medium.com",
                "anna.blog",
                "a.b.blog",
                "bücher.example",
                "BÜCHER.example",
                "xn--bcher-kva.example",
                "10.1.2.3",
                "0x0a010203",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[fd00::1]"
            })
    void whatIsListedIsAdmittedInEverySpelling(String host) {
        assertThat(hosts.admit(WebHost.parse(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.to",
                "notmedium.com",
                "medium.com.evil.example",
                "medium.comx",
                "com",
                "blog",
                "blog.evil.example",
                "anna.bücher.example",
                "10.1.2.4",
                "127.0.0.1",
                "[::2]",
                "medium-com",
                "xmedium.com"
            })
    void everythingElseIsNot(String host) {
        assertThat(hosts.admit(WebHost.parse(host))).isFalse();
    }

    @Test
    void starDoesNotAdmitTheNameItself() {
        assertThat(new AllowedHosts(List.of("*.medium.com")).admit(WebHost.parse("medium.com")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            blog.*.com           | a * can only stand
            *                    | a * can only stand
            *.*.blog             | a * can only stand
            *blog                | a * can only stand
            medium.*             | a * can only stand
            https://medium.com   | expected a host name
            medium.com/@anna     | expected a host name
            medium.com:443       | expected a host name
            anna@medium.com      | expected a host name
            *.                   | expected a host name
            .medium.com          | expected a host name
            *.10.1.2.3           | nothing below an address
            10.1.2.999           | expected a host name
            """)
    void whatIsNoHostIsRefused(String entry, String reason) {
        assertThatThrownBy(() -> AllowedHost.parse(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void sentenceNamesTheFirstFew() {
        assertThat(hosts.shown())
                .isEqualTo("medium.com, *.medium.com, *.blog, xn--bcher-kva.example, 10.1.2.3 and 2 more");
        assertThat(new AllowedHosts(List.of("a.example", "b.example")).shown()).isEqualTo("a.example, b.example");
    }
}
