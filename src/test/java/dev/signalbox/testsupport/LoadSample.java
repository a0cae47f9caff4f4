package dev.signalbox.testsupport;

/**
 * One request of a {@link LoadGenerator}.
 *
 * @param status HTTP status, or 0 when there was no answer
 * @param micros time from sending to the last byte
 * @param cache the {@code X-Cache} header, or {@code -}
 * @param failure why there was no answer, or nothing
 */
public record LoadSample(int status, long micros, String cache, String failure) {}
