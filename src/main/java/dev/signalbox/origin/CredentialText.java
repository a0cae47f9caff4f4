package dev.signalbox.origin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Reads a credential that is sent in a header: visible ASCII characters (RFC 6750 §2.1 allows fewer). Blanks and line ends around
 * it, which files and consoles add, are left out; nothing but blanks is none.
 *
 * <p>Refusals never repeat the value.
 */
@RegisterForReflection
public final class CredentialText implements Converter<String> {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable String convert(String value) {
        String credential = value.strip();
        if (!credential.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("expected a key of visible ASCII characters, without blanks in it");
        }
        return credential.isEmpty() ? null : credential;
    }
}
