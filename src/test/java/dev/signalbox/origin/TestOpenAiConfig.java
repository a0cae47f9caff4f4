package dev.signalbox.origin;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A configuration as a value. */
public record TestOpenAiConfig(
        Optional<String> apiKey,
        URI baseUrl,
        String model,
        Duration connectTimeout,
        Duration timeout,
        MemorySize maxBodyBytes,
        int failuresToPause,
        Duration pause)
        implements OpenAiConfig {

    /** Never pauses. */
    public static TestOpenAiConfig of(URI baseUrl) {
        return new TestOpenAiConfig(
                Optional.of("sk-test"),
                baseUrl,
                "test-model",
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                new MemorySize(BigInteger.valueOf(1 << 20)),
                1_000,
                Duration.ofSeconds(30));
    }

    public TestOpenAiConfig withTimeout(Duration newTimeout) {
        return new TestOpenAiConfig(
                apiKey, baseUrl, model, connectTimeout, newTimeout, maxBodyBytes, failuresToPause, pause);
    }

    public TestOpenAiConfig withFailuresToPause(int failures) {
        return new TestOpenAiConfig(apiKey, baseUrl, model, connectTimeout, timeout, maxBodyBytes, failures, pause);
    }

    public TestOpenAiConfig withoutKey() {
        return new TestOpenAiConfig(
                Optional.empty(), baseUrl, model, connectTimeout, timeout, maxBodyBytes, failuresToPause, pause);
    }
}
