package dev.signalbox.threads;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads how long a text may be. */
@RegisterForReflection
public final class TextLength implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    private static final Bounds BOUNDS = new Bounds(1, 10_000_000);

    @Override
    public Integer convert(String value) {
        return BOUNDS.read(value);
    }
}
