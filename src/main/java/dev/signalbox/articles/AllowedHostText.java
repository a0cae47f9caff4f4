package dev.signalbox.articles;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a host name, {@code *.} before a host name, or an IP address, and writes it as addresses of articles have it. */
@RegisterForReflection
public final class AllowedHostText implements Converter<String> {

    private static final long serialVersionUID = 1;

    @Override
    public String convert(String value) {
        return AllowedHost.parse(value).toString();
    }
}
