package dev.signalbox.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Describes a link before it starts: patient with a busy machine unless a test is about patience. */
final class LinkSetup {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "deadline", "3s",
            "heartbeat", "100ms",
            "connect-timeout", "6s"));

    private int eventLoops = 2;
    private AddressBook.Resolver resolver = InetAddress::getAllByName;
    private Duration steady = Duration.ZERO;

    private LinkSetup(String url) {
        properties.put("url", url);
    }

    static LinkSetup to(String url) {
        return new LinkSetup(url);
    }

    @CanIgnoreReturnValue
    LinkSetup with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    @CanIgnoreReturnValue
    LinkSetup deadline(Duration deadline) {
        return with("deadline", deadline.toString());
    }

    @CanIgnoreReturnValue
    LinkSetup heartbeat(Duration heartbeat) {
        return with("heartbeat", heartbeat.toString());
    }

    @CanIgnoreReturnValue
    LinkSetup connectTimeout(Duration timeout) {
        return with("connect-timeout", timeout.toString());
    }

    @CanIgnoreReturnValue
    LinkSetup eventLoops(int number) {
        eventLoops = number;
        return this;
    }

    @CanIgnoreReturnValue
    LinkSetup resolver(AddressBook.Resolver addresses) {
        resolver = addresses;
        return this;
    }

    /** How long a link has to be up for its loss not to count as a flap. Zero: none does. */
    @CanIgnoreReturnValue
    LinkSetup steady(Duration least) {
        steady = least;
        return this;
    }

    /** A link that has not begun. */
    LinkFixture idle() {
        return new LinkFixture(RedisConfigs.of(properties), eventLoops, resolver, steady);
    }

    /** A link that has begun to connect. */
    LinkFixture start() {
        LinkFixture fixture = idle();
        fixture.link().start();
        return fixture;
    }

    /** A link that is up. */
    LinkFixture startUp() {
        LinkFixture fixture = start();
        try {
            fixture.awaitUp();
            return fixture;
        } catch (RuntimeException never) {
            fixture.close();
            throw never;
        }
    }
}
