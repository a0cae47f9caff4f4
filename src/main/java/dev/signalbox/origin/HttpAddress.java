package dev.signalbox.origin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads an address that HTTP can go to: scheme http or https, a host, no credential, no fragment.
 *
 * <p>Refusals never repeat the value, which may hold a secret.
 */
@RegisterForReflection
public final class HttpAddress implements Converter<URI> {

    private static final long serialVersionUID = 1;

    @Override
    public URI convert(String value) {
        URI address = parse(value.strip());
        if (!"http".equalsIgnoreCase(address.getScheme()) && !"https".equalsIgnoreCase(address.getScheme())) {
            throw new IllegalArgumentException("expected an address that begins with http:// or https://");
        }
        if (address.getHost() == null) {
            throw new IllegalArgumentException("expected a host name after http:// or https://");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected an address without a user name and password");
        }
        if (address.getRawFragment() != null) {
            throw new IllegalArgumentException("expected an address without a # part");
        }
        return address;
    }

    private static URI parse(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException malformed) {
            // Not the cause: its message repeats the value.
            throw new IllegalArgumentException("expected an address such as https://api.example.com");
        }
    }
}
