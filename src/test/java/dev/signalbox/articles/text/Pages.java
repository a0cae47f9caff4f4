package dev.signalbox.articles.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The pages that were written for these tests, and what is to be read in them. */
final class Pages {

    private static final URI SOMEWHERE = URI.create("https://www.pages.example/2031/05/a-page");

    private Pages() {}

    /** One without a charset in its header. */
    static Page named(String name) {
        return new Page(SOMEWHERE, "text/html", resource(name + ".html").getBytes(StandardCharsets.UTF_8));
    }

    static Page named(String name, Charset charset, String contentType) {
        String html = resource(name + ".html").replace("CHARSET", charset.name());
        return new Page(SOMEWHERE, contentType, html.getBytes(charset));
    }

    static Page of(String html) {
        return new Page(SOMEWHERE, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Its title, a blank line, its text. */
    static String expected(String name) {
        return resource(name + ".txt").strip();
    }

    private static String resource(String name) {
        try (InputStream resource = Pages.class.getResourceAsStream("/articles/" + name)) {
            return new String(Objects.requireNonNull(resource, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
