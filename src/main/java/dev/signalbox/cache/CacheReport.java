package dev.signalbox.cache;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Logs once at start how each configured category is kept, and refuses to start with a policy that makes no sense. */
@Singleton
final class CacheReport {

    private static final Logger LOG = Logger.getLogger(CacheReport.class);

    private final CacheConfig config;

    CacheReport(CacheConfig config) {
        this.config = config;
    }

    @Startup
    void log() {
        CachePolicies policies = new CachePolicies(config);
        for (String name : new TreeSet<>(config.categories().keySet())) {
            CategoryPolicy policy = policies.of(new Category(name));
            LOG.infof(
                    "[Cache] Category %s: scope %s, ttl %s, entries up to %s bytes, %s bytes of memory",
                    name, policy.scope(), policy.ttl(), policy.maxEntryBytes(), policy.l1MaxBytes());
        }
    }
}
