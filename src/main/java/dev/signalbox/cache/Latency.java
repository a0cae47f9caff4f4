package dev.signalbox.cache;

import java.time.Duration;

/**
 * How long answers took of late, to within 6 %.
 *
 * @param count answers
 * @param median time within which half of them came; zero for none
 * @param p99 time within which 99 of 100 came; zero for none
 */
public record Latency(long count, Duration median, Duration p99) {}
