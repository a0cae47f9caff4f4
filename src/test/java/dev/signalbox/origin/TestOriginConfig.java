package dev.signalbox.origin;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A configuration as a value. */
public record TestOriginConfig(Optional<URI> url, Duration connectTimeout, Duration timeout, MemorySize maxBodyBytes)
        implements OriginConfig {

    public static TestOriginConfig patient() {
        return new TestOriginConfig(
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                new MemorySize(BigInteger.valueOf(1 << 20)));
    }

    public TestOriginConfig withUrl(URI newUrl) {
        return new TestOriginConfig(Optional.of(newUrl), connectTimeout, timeout, maxBodyBytes);
    }

    public TestOriginConfig withTimeout(Duration newTimeout) {
        return new TestOriginConfig(url, connectTimeout, newTimeout, maxBodyBytes);
    }

    public TestOriginConfig withMaxBodyBytes(long bytes) {
        return new TestOriginConfig(url, connectTimeout, timeout, new MemorySize(BigInteger.valueOf(bytes)));
    }
}
