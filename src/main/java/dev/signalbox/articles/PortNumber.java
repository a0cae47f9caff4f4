package dev.signalbox.articles;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a port from 1 to 65535. */
@RegisterForReflection
public final class PortNumber implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String value) {
        String text = value.strip();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535");
        }
        return Integer.valueOf(text);
    }
}
