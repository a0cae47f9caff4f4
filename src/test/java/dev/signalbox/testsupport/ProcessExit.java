package dev.signalbox.testsupport;

import java.time.Duration;
import java.util.List;

/**
 * How a process ended.
 *
 * @param code exit code; 128 + n when signal n ended it
 * @param after time from the start, or from the request to end, until it was gone
 * @param log everything it printed
 */
public record ProcessExit(int code, Duration after, List<String> log) {}
