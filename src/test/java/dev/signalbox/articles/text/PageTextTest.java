package dev.signalbox.articles.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextTest {

    private static final URI SOMEWHERE = URI.create("https://pages.example/");

    @ParameterizedTest
    @CsvSource({
        "koi8-r, KOI8-R, Привет",
        "windows-1251, windows-1251, Привет",
        "gb2312, GB18030, 汉字和漢字",
        "GBK, GBK, 汉字",
        "big5, Big5, 漢字",
        "euc-kr, EUC-KR, 한국어",
        "ks_c_5601-1987, x-windows-949, 뷁",
        "sjis, windows-31j, ①髙",
        "iso-8859-2, ISO-8859-2, Łódź",
        "iso-8859-7, ISO-8859-7, Ελλάδα",
        "iso-8859-9, windows-1254, “İstanbul”",
        "iso-8859-15, ISO-8859-15, 5 €",
        "tis-620, x-windows-874, ไทย",
        "latin1, windows-1252, “5 €”",
        "UTF-16, UTF-8, käse",
        "x-user-defined, windows-1252, käse"
    })
    void knowsTheNamesThatPagesUse(String label, Charset charset, String word) {
        String html = "<html><!-- charset=utf-8 --><head><meta charset='" + label + "'>" + word;

        assertThat(text("text/html", html.getBytes(charset))).isEqualTo(html);
        assertThat(text("text/html; charset=" + label.replace("UTF-16", "UTF-8"), word.getBytes(charset)))
                .isEqualTo(word);
    }

    @Test
    void believesTheHeaderMoreThanThePage() {
        byte[] body = "<meta charset=utf-8>Łódź".getBytes(Charset.forName("ISO-8859-2"));

        assertThat(text("text/html;charset=\"ISO-8859-2\"", body)).endsWith("Łódź");
    }

    @Test
    void believesAByteOrderMarkMoreThanTheHeader() {
        byte[] body = "\uFEFFkäse".getBytes(StandardCharsets.UTF_8);

        assertThat(text("text/html; charset=koi8-r", body)).isEqualTo("käse");
    }

    @Test
    void readsTheDeclarationOfXml() {
        byte[] body =
                "<?xml version=\"1.0\" encoding=\"windows-1251\"?><p>Привет".getBytes(Charset.forName("windows-1251"));

        assertThat(text("application/xhtml+xml", body)).endsWith("Привет");
    }

    @Test
    void takesUtf8ForUtf8AlsoIfItIsCutWithinACharacter() {
        byte[] body = "käse und brötchen mit ü".getBytes(StandardCharsets.UTF_8);

        assertThat(text("", Arrays.copyOf(body, body.length - 1))).startsWith("käse und brötchen");
    }

    @Test
    void replacesWhatMeansNothing() {
        assertThat(text("text/html; charset=utf-8", new byte[] {'a', (byte) 0xFF, 'b'}))
                .isEqualTo("a\uFFFDb");
    }

    private static String text(String contentType, byte[] body) {
        return PageText.of(new Page(SOMEWHERE, contentType, body));
    }
}
