package dev.signalbox.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Who a request counts for: by it limits, quota and usage are kept. */
public sealed interface Requester {

    /** Its name in keys of Redis. Two requesters never have the same, even if one is called like the other. */
    Caller caller();

    /** What it may expect by the way it came in. Whether it has paid, {@link Entitlements} know. */
    Tier tier();

    /**
     * The holder of a key. One name is one holder, whether its key is for clients or for management.
     *
     * @param keyName as in {@link CallerIdentity} and {@link AdminIdentity}
     */
    record KeyHolder(String keyName) implements Requester {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

        /** The holder of a key that is, or was once, called so; empty for what no key can be called. */
        public static Optional<KeyHolder> named(String name) {
            return NAME.matcher(name).matches() ? Optional.of(new KeyHolder(name)) : Optional.empty();
        }

        @Override
        public Caller caller() {
            return Caller.ofIdentity("key", keyName);
        }

        @Override
        public Tier tier() {
            return Tier.CLIENT;
        }

        /**
         * Somebody or something for which the holder wants our limiter to decide. Of no other holder, and none of our own.
         *
         * @param key without NUL
         */
        public Caller subject(String key) {
            return Caller.ofIdentity("limit-check", keyName, key);
        }
    }

    /**
     * Somebody for whom the holder of a client key asks. The same id under two holders is two end users: nobody can use up
     * what belongs to the users of somebody else.
     *
     * @param holder whose own limit applies as well: otherwise a new id would be a new limit
     * @param id an e-mail address in small letters, or whatever the holder calls its user
     */
    record EndUser(KeyHolder holder, String id) implements Requester {

        /** The end user that a holder calls so, as in {@code X-End-User}; empty for what cannot be there. */
        public static Optional<EndUser> named(KeyHolder holder, String name) {
            return EndUserHeader.id(name).map(id -> new EndUser(holder, id));
        }

        @Override
        public Caller caller() {
            return Caller.ofIdentity("end-user", holder.keyName(), id);
        }

        @Override
        public Tier tier() {
            return Tier.END_USER;
        }
    }

    /**
     * Whoever comes from an address, without a key.
     *
     * @param address of the client, not of a proxy of ours
     */
    record Address(ClientAddress address) implements Requester {

        @Override
        public Caller caller() {
            return Caller.ofIdentity("address", address.text());
        }

        @Override
        public Tier tier() {
            return Tier.ANONYMOUS;
        }
    }
}
