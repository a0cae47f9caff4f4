package dev.signalbox.origin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.math.BigInteger;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a size from 1 byte to 1 GiB: what fits an array, with room for what is made of it. */
@RegisterForReflection
public final class BodyLimit implements Converter<MemorySize> {

    private static final long serialVersionUID = 1;

    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(30);

    @Override
    public MemorySize convert(String value) {
        MemorySize size = new MemorySizeConverter().convert(value);
        if (size == null
                || size.asBigInteger().signum() <= 0
                || size.asBigInteger().compareTo(MOST) > 0) {
            throw new IllegalArgumentException("expected a size from 1 to 1G, such as 16M");
        }
        return size;
    }
}
