package dev.signalbox.redis;

import java.util.Optional;

/**
 * What a heartbeat found out about the server.
 *
 * @param generation id of its data; empty where it has none and takes none
 * @param writesRefused why it refuses writes; empty where it takes them
 */
record Vitals(String generation, Optional<String> writesRefused) {}
