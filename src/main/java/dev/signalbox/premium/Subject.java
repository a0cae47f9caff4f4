package dev.signalbox.premium;

import dev.signalbox.http.ClientAddress;
import dev.signalbox.http.EmailAddress;
import dev.signalbox.http.Requester;
import dev.signalbox.http.Sha256;
import java.util.Optional;

/**
 * Somebody or something that premium can be granted to.
 *
 * @param id hash of what it is and how it is called: safe in a key, a log and a listing
 */
record Subject(String id) {

    static Subject of(EmailAddress email) {
        return named("email", email.text());
    }

    static Subject ofKey(String name) {
        return named("key", name);
    }

    static Subject of(ClientAddress address) {
        return named("address", address.text());
    }

    /**
     * Whose grants a requester has. An end user has those of its e-mail address and no others: not those of the key by
     * which it comes. Empty for one whose id is no address.
     */
    static Optional<Subject> of(Requester requester) {
        return switch (requester) {
            case Requester.EndUser user -> EmailAddress.parse(user.id()).map(Subject::of);
            case Requester.KeyHolder holder -> Optional.of(ofKey(holder.keyName()));
            case Requester.Address anonymous -> Optional.of(of(anonymous.address()));
        };
    }

    /** No name has a NUL in it, so that no two subjects are one. */
    private static Subject named(String kind, String name) {
        return new Subject(Sha256.hex("premium\0" + kind + '\0' + name));
    }
}
