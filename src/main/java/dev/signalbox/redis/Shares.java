package dev.signalbox.redis;

/** Which part of an amount this replica may give away on its own. */
public interface Shares {

    /** 0 or more units, the whole amount for a replica that is alone. */
    long of(long amount);
}
