package dev.signalbox.models;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;

/** A configuration as a value. */
record TestModelsConfig(
        URI url,
        int pageSize,
        int maxPages,
        MemorySize maxBytes,
        Duration timeout,
        MemorySize maxIndexBytes,
        MemorySize maxAnswerBytes)
        implements ModelsConfig {

    static TestModelsConfig of(URI url) {
        return new TestModelsConfig(url, 100, 100, megabytes(8), Duration.ofSeconds(20), megabytes(64), megabytes(8));
    }

    TestModelsConfig withPageSize(int models) {
        return new TestModelsConfig(url, models, maxPages, maxBytes, timeout, maxIndexBytes, maxAnswerBytes);
    }

    TestModelsConfig withMaxPages(int pages) {
        return new TestModelsConfig(url, pageSize, pages, maxBytes, timeout, maxIndexBytes, maxAnswerBytes);
    }

    TestModelsConfig withMaxBytes(long bytes) {
        MemorySize size = new MemorySize(BigInteger.valueOf(bytes));
        return new TestModelsConfig(url, pageSize, maxPages, size, timeout, maxIndexBytes, maxAnswerBytes);
    }

    TestModelsConfig withTimeout(Duration limit) {
        return new TestModelsConfig(url, pageSize, maxPages, maxBytes, limit, maxIndexBytes, maxAnswerBytes);
    }

    private static MemorySize megabytes(int count) {
        return new MemorySize(BigInteger.valueOf((long) count << 20));
    }
}
