package dev.signalbox.environment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads the name of an environment as {@code ENVIRONMENT} is read, wherever it comes from: what is strict must not depend on it. */
@RegisterForReflection
public final class EnvironmentName implements Converter<String> {

    private static final long serialVersionUID = 1;

    @Override
    public String convert(String value) {
        Format format = Format.environmentName();
        try {
            return format.read().apply(value);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("expected " + format.expected(), unreadable);
        }
    }
}
