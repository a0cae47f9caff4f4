package dev.signalbox.articles;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads an IP address or a range of them, {@code 10.0.0.0/8}. */
@RegisterForReflection
public final class AddressRangeText implements Converter<String> {

    private static final long serialVersionUID = 1;

    @Override
    public String convert(String value) {
        var _ = AddressRange.parse(value);
        return value.strip();
    }
}
