package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.http.ProblemException;
import dev.signalbox.http.ProblemType;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            https://dev.to/a                                 | https://dev.to/a
            "  https://dev.to/a \u00A0"                      | https://dev.to/a
            HTTPS://Dev.To/A                                 | https://dev.to/A
            https://dev.to                                   | https://dev.to/
            https://dev.to?a=1                               | https://dev.to/?a=1
            https://dev.to#top                               | https://dev.to/
            https://dev.to:443/a                             | https://dev.to/a
            https://dev.to:/a                                | https://dev.to/a
            http://dev.to:80/a                               | http://dev.to/a
            http://dev.to:0080/a                             | http://dev.to/a
            https://dev.to:80/a                              | https://dev.to:80/a
            https://dev.to./a                                | https://dev.to/a
            https:\\\\dev.to\\a\\b                           | https://dev.to/a/b
            https:dev.to/a                                   | https://dev.to/a
            https:////dev.to/a                               | https://dev.to/a
            "https://dev.to/a\tb"                            | https://dev.to/ab
            https://dev.to/a#section                         | https://dev.to/a
            https://dev.to/#!/a                              | https://dev.to/
            https://dev.to/a/./b/../c                        | https://dev.to/a/c
            https://dev.to/a/%2e%2E/b/%2E                    | https://dev.to/b/
            https://dev.to/../../a                           | https://dev.to/a
            https://dev.to/a/..                              | https://dev.to/
            https://dev.to/a//b/                             | https://dev.to/a//b/
            https://dev.to/%7eanna/%c3%a9                    | https://dev.to/~anna/%C3%A9
            https://dev.to/é/日本                              | https://dev.to/%C3%A9/%E6%97%A5%E6%9C%AC
            https://dev.to/a b                               | https://dev.to/a%20b
            https://dev.to/100%                              | https://dev.to/100%25
            https://dev.to/%zz                               | https://dev.to/%25zz
            https://dev.to/a%2Fb                             | https://dev.to/a%2Fb
            https://dev.to/@anna/a-(b)                       | https://dev.to/@anna/a-(b)
            https://dev.to/[a]{b}|https://dev.to/%5Ba%5D%7Bb%7D
            https://dev.to/a?q=é b'c                         | https://dev.to/a?q=%C3%A9%20b%27c
            https://dev.to/a?                                | https://dev.to/a
            https://dev.to/a?&&b=1&                          | https://dev.to/a?b=1
            https://dev.to/a?b=2&a=1                         | https://dev.to/a?a=1&b=2
            https://dev.to/a?b=2&a=1&b=1                     | https://dev.to/a?a=1&b=2&b=1
            https://dev.to/a?t[]=2&t%5B%5D=1                 | https://dev.to/a?t%5B%5D=2&t%5B%5D=1
            https://dev.to/a?x=https://b/?c=d                | https://dev.to/a?x=https://b/?c=d
            https://dev.to/a?utm_source=x&utm_medium=y       | https://dev.to/a
            https://dev.to/a?id=7&fbclid=x&gclid=y           | https://dev.to/a?id=7
            https://dev.to/a?UTM_Source=x&utm%5Fid=y         | https://dev.to/a
            https://dev.to/a?mc_cid=1&mc_eid=2&_hsenc=3&p=4  | https://dev.to/a?p=4
            https://dev.to/a?ref=x&source=y&s=1&t=2          | https://dev.to/a?ref=x&s=1&source=y&t=2
            https://dev.to/a?utm=1&gclid2=x                  | https://dev.to/a?gclid2=x&utm=1
            https://BÜCHER.example/                          | https://xn--bcher-kva.example/
            https://xn--BCHER-kva.example/                   | https://xn--bcher-kva.example/
            https://bücher。example/                          | https://xn--bcher-kva.example/
            https://b%C3%BCcher.example/                     | https://xn--bcher-kva.example/
            https://i❤.ws/                                   | https://xn--i-7iq.ws/
            https://ｄｅｖ．ｔｏ/                                 | https://dev.to/
            https://my_blog.example/                         | https://my_blog.example/
            https://dev.to\\@evil.example/                   | https://dev.to/@evil.example/
            http://2130706433/                               | http://127.0.0.1/
            http://0x7f000001/                               | http://127.0.0.1/
            http://017700000001/                             | http://127.0.0.1/
            http://127.1/                                    | http://127.0.0.1/
            http://127.0.1/                                  | http://127.0.0.1/
            http://0x7f.1/                                   | http://127.0.0.1/
            http://0177.0.0x0.1/                             | http://127.0.0.1/
            http://127.0.0.1./                               | http://127.0.0.1/
            http://１２７.０.０.１/                             | http://127.0.0.1/
            http://0x/                                       | http://0.0.0.0/
            http://0/                                        | http://0.0.0.0/
            http://4294967295/                               | http://255.255.255.255/
            http://[::1]/                                    | http://[::1]/
            http://[0:0:0:0:0:0:0:1]:8080/a                  | http://[::1]:8080/a
            http://[2001:DB8:0:0:1:0:0:1]/                   | http://[2001:db8::1:0:0:1]/
            http://[2001:db8:0:1:1:1:1:1]/                   | http://[2001:db8:0:1:1:1:1:1]/
            http://[1:0:0:2:0:0:0:3]/                        | http://[1:0:0:2::3]/
            http://[::]/                                     | http://[::]/
            http://[fe80:0::]/                               | http://[fe80::]/
            http://[::127.0.0.1]/                            | http://[::7f00:1]/
            """)
    void everySpellingHasOneCanonicalForm(String written, String canonical) {
        ArticleAddress address = ArticleAddress.of(written);

        assertThat(address.canonical()).isEqualTo(canonical);
        assertThat(address.uri()).isEqualTo(URI.create(canonical));
        assertThat(ArticleAddress.of(canonical)).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                                | is blank
            "  "                              | is blank
            dev.to/a                          | does not begin with https://
            /a                                | does not begin with https://
            //dev.to/a                        | does not begin with https://
            ftp://dev.to/a                    | begins with ftp:
            file:///etc/passwd                | begins with file:
            javascript:alert(1)               | begins with javascript:
            data:text/html,x                  | begins with data:
            gopher://127.0.0.1:6379/_x        | begins with gopher:
            jar:http://dev.to/a!/b            | begins with jar:
            localhost:8080/a                  | begins with localhost:
            https://                          | has no host name
            https:///                         | has no host name
            https://./                        | has no host name
            https://?a                        | has no host name
            https://:443/                     | has no host name
            https://anna@dev.to/              | has a user name
            https://anna:pw@dev.to/           | has a user name
            https://@dev.to/                  | has a user name
            https://dev.to:0/                 | has a port
            https://dev.to:65536/             | has a port
            https://dev.to:99999999999999999999/ | has a port
            https://dev.to:80:80/             | cannot be read
            https://dev.to:http/              | cannot be read
            https://dev..to/                  | cannot exist
            https://.dev.to/                  | cannot exist
            https://dev.to../                 | cannot exist
            https://dev to/                   | cannot exist
            https://dev%2Fto/                 | cannot exist
            https://dev%00.to/                | cannot exist
            https://dev%zz.to/                | cannot exist
            https://ex℀mple.com/              | cannot exist
            https://dev*.to/                  | cannot exist
            https://faß.de/                   | xn-- form
            http://256.1.1.1/                 | no IPv4 address
            http://1.2.3.4.5/                 | no IPv4 address
            http://1..2/                      | cannot exist
            http://4294967296/                | no IPv4 address
            http://08/                        | no IPv4 address
            http://a.0x1/                     | no IPv4 address
            http://dev.1/                     | no IPv4 address
            http://[::1/                      | bracket that is not closed
            http://[::1%25eth0]/              | no IPv6 address
            http://[::g]/                     | no IPv6 address
            http://[1]/                       | no IPv6 address
            http://[127.0.0.1]/               | no IPv6 address
            http://[]/                        | no IPv6 address
            http://[1:2:3:4:5:6:7:8:9]/       | no IPv6 address
            http://[::1]x/                    | cannot be read
            http://x[::1]/                    | cannot be read
            """)
    void whatIsNoAddressOfAPageIsRefusedWithAReason(String written, String reason) {
        ProblemException refused = refused(written);

        assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FIELDS);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("url");
            assertThat(error.detail()).contains(reason);
        });
    }

    @Test
    void lengthIsThatOfTheCanonicalForm() {
        String longest = "https://dev.to/" + "a".repeat(2_048 - 15);

        assertThat(ArticleAddress.of(longest + "?fbclid=" + "x".repeat(500)).canonical())
                .hasSize(2_048);
        assertThat(refused(longest + "a")).hasMessageContaining("2049 characters long, and at most 2048");
        assertThat(refused("https://dev.to/" + "é".repeat(1_000))).hasMessageContaining("at most 2048");
        assertThat(refused(longest + "?fbclid=" + "x".repeat(9_000))).hasMessageContaining("at most 2048");
    }

    @Test
    void hostNameHasAnEnd() {
        String longest = "a.".repeat(126) + "a";

        assertThat(ArticleAddress.of("https://" + longest + "./").host()).isEqualTo(longest);
        assertThat(refused("https://" + longest + "b/")).hasMessageContaining("cannot exist");
        assertThat(refused("https://" + "日".repeat(8_000) + "/")).hasMessageContaining("cannot exist");
        assertThat(refused("https://" + "a".repeat(64) + ".example/")).hasMessageContaining("cannot exist");
    }

    @Test
    void halfOfASurrogatePairIsWhatBrowsersMakeOfIt() {
        assertThat(ArticleAddress.of("https://dev.to/\uD83D?\uDE00").canonical())
                .isEqualTo("https://dev.to/%EF%BF%BD?%EF%BF%BD");
    }

    @Test
    void partsAreThoseOfTheCanonicalForm() {
        ArticleAddress address = ArticleAddress.of("HTTP://BÜCHER.example:8080/a");

        assertThat(address.host()).isEqualTo("xn--bcher-kva.example");
        assertThat(address.port()).isEqualTo(8080);
        assertThat(ArticleAddress.of("https://dev.to").port()).isEqualTo(443);
        assertThat(address).hasToString("http://xn--bcher-kva.example:8080/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://dev.to/a", "https://www.dev.to/a", "https://dev.to/A", "https://dev.to/a/"})
    void whatMayBeAnotherArticleIsAnotherAddress(String other) {
        assertThat(ArticleAddress.of(other)).isNotEqualTo(ArticleAddress.of("https://dev.to/a"));
    }

    private static ProblemException refused(String written) {
        return catchThrowableOfType(ProblemException.class, () -> {
            var _ = ArticleAddress.of(written);
        });
    }
}
