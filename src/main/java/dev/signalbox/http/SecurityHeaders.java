package dev.signalbox.http;

import dev.signalbox.environment.EnvironmentConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * What an API tells browsers about its answers: never to guess their type, frame them, run them or carry their address
 * elsewhere. Put on every answer before anybody makes it, so that errors have it too.
 */
@Singleton
final class SecurityHeaders {

    private static final List<Header> ALWAYS = List.of(
            Header.of("X-Content-Type-Options", "nosniff"),
            Header.of("X-Frame-Options", "DENY"),
            Header.of("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            Header.of("Referrer-Policy", "no-referrer"),
            Header.of("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            Header.of("X-Permitted-Cross-Domain-Policies", "none"));

    private static final Header HSTS = Header.of("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    private final Header[] headers;

    SecurityHeaders(HttpConfig config) {
        List<Header> sent = new ArrayList<>(ALWAYS);
        if (EnvironmentConfig.PRODUCTION.equals(config.environment())) {
            sent.add(HSTS);
        }
        this.headers = sent.toArray(Header[]::new);
    }

    void handle(RoutingContext context) {
        add(context);
        context.next();
    }

    void add(RoutingContext context) {
        MultiMap answer = context.response().headers();
        for (Header header : headers) {
            answer.set(header.name, header.value);
        }
    }

    private record Header(CharSequence name, CharSequence value) {

        static Header of(String name, String value) {
            return new Header(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
        }
    }
}
