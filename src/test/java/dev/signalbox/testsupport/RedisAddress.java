package dev.signalbox.testsupport;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a Redis is and what it asks for, as a URL for {@code REDIS_URL}. */
record RedisAddress(String host, int port, @Nullable String password) {

    String url() {
        return "redis://" + credentials() + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private String credentials() {
        // A form would spell the blank as a plus sign, which a URL takes literally.
        return password == null
                ? ""
                : ":" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    }
}
