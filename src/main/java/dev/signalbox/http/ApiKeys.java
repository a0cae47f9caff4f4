package dev.signalbox.http;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys that open one kind of door. Holds their digests only; its text shows nothing. */
final class ApiKeys {

    private static final Pattern KEY = Pattern.compile("[!-~&&[^,]]+");
    private static final int UNNAMED_HEX_DIGITS = 16;

    private final List<ApiKey> keys;

    private ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads {@code name:key,key,…}.
     *
     * @param property where the text comes from, for the refusal
     * @throws ConfigurationException if an entry cannot be meant so; says which, and shows no part of it
     */
    static ApiKeys parse(String property, String text) {
        ApiKeys keys = new ApiKeys(List.of());
        if (!text.isBlank()) {
            for (String entry : text.split(",", -1)) {
                keys = keys.with(property + ": entry " + (keys.keys.size() + 1), entry.strip());
            }
        }
        return keys;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * The name of the key that a request presents.
     *
     * @throws ProblemException 401 for a credential that is missing, ambiguous or not known
     */
    String holder(ContainerRequestContext request) {
        String presented = Credential.of(request).orElseThrow(() -> ProblemException.of(ProblemType.UNAUTHORIZED));
        return nameOf(presented)
                .orElseThrow(() -> new ProblemException(ProblemType.UNAUTHORIZED, "This API key is not known."));
    }

    /** The name of a key. Takes the same time whichever key it is or resembles, and if it is none. */
    Optional<String> nameOf(String presented) {
        byte[] digest = digest(presented);
        Optional<String> found = Optional.empty();
        for (ApiKey key : keys) {
            if (MessageDigest.isEqual(key.digest, digest)) {
                found = Optional.of(key.name);
            }
        }
        return found;
    }

    private ApiKeys with(String where, String entry) {
        int colon = entry.indexOf(':');
        String key = entry.substring(colon + 1);
        if (!KEY.matcher(key).matches()) {
            throw new ConfigurationException(where + " is empty or has a character that no header can carry");
        }
        if (nameOf(key).isPresent()) {
            throw new ConfigurationException(where + " has the key of an earlier one, so whose it is cannot be told");
        }
        byte[] digest = digest(key);
        String name = colon < 0 ? unnamed(digest) : entry.substring(0, colon);
        if (Requester.KeyHolder.named(name).isEmpty()) {
            throw new ConfigurationException(
                    where + ": before the colon, 1 to 64 letters, digits, dots, dashes, underscores or @ are expected");
        }
        List<ApiKey> more = new ArrayList<>(keys);
        more.add(new ApiKey(name, digest));
        return new ApiKeys(more);
    }

    private static String unnamed(byte[] digest) {
        return HexFormat.of().formatHex(digest).substring(0, UNNAMED_HEX_DIGITS);
    }

    private static byte[] digest(String key) {
        return Sha256.digest(key.getBytes(StandardCharsets.UTF_8));
    }

    /** A name and the SHA-256 of the key. */
    private static final class ApiKey {

        private final String name;
        private final byte[] digest;

        ApiKey(String name, byte[] digest) {
            this.name = name;
            this.digest = digest;
        }
    }
}
