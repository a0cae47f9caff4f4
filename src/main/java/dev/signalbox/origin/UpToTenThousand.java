package dev.signalbox.origin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a number from 1 to 10000. */
@RegisterForReflection
public final class UpToTenThousand implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String value) {
        String text = value.strip();
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 10_000) {
            throw new IllegalArgumentException("expected a number from 1 to 10000");
        }
        return Integer.valueOf(text);
    }
}
