package dev.signalbox.threads;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads how long a post may be. */
@RegisterForReflection
public final class PostLength implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    private static final Bounds BOUNDS = new Bounds(40, 100_000);

    @Override
    public Integer convert(String value) {
        return BOUNDS.read(value);
    }
}
