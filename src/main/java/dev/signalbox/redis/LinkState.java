package dev.signalbox.redis;

/** The state of the whole link. There is one: any unreachable part is fallback. */
public enum LinkState {
    /** No Redis is configured. */
    DISABLED,
    /** The first attempt is under way; commands fail at once. */
    CONNECTING,
    /** Connected, finding out what happened to the data meanwhile; commands fail at once. */
    RECOVERING,
    /** Commands are served. */
    UP,
    /** The circuit is open: commands fail at once while attempts to come back go on. */
    OPEN
}
