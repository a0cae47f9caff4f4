package dev.signalbox.environment;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.Expressions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Says once which variables are there but count as unset. */
@Singleton
final class IgnoredVariables {

    private static final Logger LOG = Logger.getLogger(IgnoredVariables.class);

    private final Config config;

    IgnoredVariables(Config config) {
        this.config = config;
    }

    void report(@Observes StartupEvent start) {
        List<Variable> ignored = ignored();
        if (!ignored.isEmpty()) {
            LOG.warnf("Blank or never expanded, so they count as unset: %s", ignored);
        }
    }

    private List<Variable> ignored() {
        return Expressions.withoutExpansion(() ->
                Environment.read(name -> config.getConfigValue(name).getValue()).ignored());
    }
}
