package dev.signalbox.articles;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A configuration as a value. */
record TestArticlesConfig(
        List<String> allowedDomains,
        List<Integer> ports,
        Optional<List<String>> trustedAddresses,
        Duration timeout,
        Duration connectTimeout,
        MemorySize maxBodyBytes,
        int maxRedirects,
        int maxAtOnce,
        String userAgent)
        implements ArticlesConfig {

    /** Hosts and ports of a test; the one address of this machine that is treated as if it were public. */
    static TestArticlesConfig allowing(List<String> hosts, List<Integer> ports) {
        return new TestArticlesConfig(
                hosts,
                ports,
                Optional.of(List.of(Site.ADDRESS)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                size(100_000),
                5,
                32,
                "Signalbox/test (article reader)");
    }

    TestArticlesConfig withTimeout(Duration newTimeout) {
        return new TestArticlesConfig(
                allowedDomains,
                ports,
                trustedAddresses,
                newTimeout,
                connectTimeout,
                maxBodyBytes,
                maxRedirects,
                maxAtOnce,
                userAgent);
    }

    private static MemorySize size(long bytes) {
        return new MemorySize(BigInteger.valueOf(bytes));
    }
}
