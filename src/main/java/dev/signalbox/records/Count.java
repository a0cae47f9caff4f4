package dev.signalbox.records;

/**
 * A number of things.
 *
 * @param number of those that are known of
 * @param isComplete whether there are no others
 */
public record Count(long number, boolean isComplete) {}
