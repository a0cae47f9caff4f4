package dev.signalbox.http;

/** What a requester may expect: by the way it came in, or because it has paid. */
public enum Tier {
    /** Nobody knows who it is. */
    ANONYMOUS,
    /** It has a key. */
    CLIENT,
    /** Somebody with a key speaks for it. */
    END_USER,
    /** It has paid, however it came in. */
    PREMIUM
}
