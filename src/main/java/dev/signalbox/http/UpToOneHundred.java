package dev.signalbox.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a number from 0 to 100. */
@RegisterForReflection
public final class UpToOneHundred implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String value) {
        String text = value.strip();
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > 100) {
            throw new IllegalArgumentException("expected a number from 0 to 100");
        }
        return Integer.valueOf(text);
    }
}
