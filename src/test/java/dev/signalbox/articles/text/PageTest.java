package dev.signalbox.articles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {

    @ParameterizedTest
    @CsvSource({
        "https://blog.example/a, blog.example",
        "https://blog.example:8443/a, blog.example",
        "http://my_x.blog.example/a, my_x.blog.example",
        "http://my_x.blog.example:80/a, my_x.blog.example",
        "http://[2001:db8::1]/, [2001:db8::1]",
        "http://[2001:db8::1]:8080/, [2001:db8::1]",
        "file:///a, ''"
    })
    void hostIsThatOfItsAddress(URI url, String host) {
        assertThat(new Page(url, "", new byte[0]).host()).isEqualTo(host);
    }
}
