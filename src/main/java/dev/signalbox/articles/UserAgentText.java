package dev.signalbox.articles;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads what a header field may carry: one line of printable ASCII, at most 200 characters. */
@RegisterForReflection
public final class UserAgentText implements Converter<String> {

    private static final long serialVersionUID = 1;

    @Override
    public String convert(String value) {
        String text = value.strip();
        if (!text.matches("[ -~]{1,200}")) {
            throw new IllegalArgumentException("expected 1 to 200 printable ASCII characters");
        }
        return text;
    }
}
