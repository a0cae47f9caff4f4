package dev.signalbox.records;

import dev.signalbox.http.Durability;

/**
 * What became of an accepted write.
 *
 * @param durability where it rests now
 * @param before what the fields held that it touched
 */
public record Receipt(Durability durability, Reading before) {}
