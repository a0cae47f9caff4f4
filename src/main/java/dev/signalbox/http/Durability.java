package dev.signalbox.http;

import java.util.Locale;

/** Where an accepted write rests at the moment of its receipt ({@code Signalbox-Durability}). Never says more than is true. */
public enum Durability {
    /** Redis has it, and with it every replica. */
    REDIS,
    /** The disk of this replica: it survives the process, not the disk; it is sent when Redis takes writes again. */
    JOURNAL,
    /** This process only; it is sent when Redis takes writes again, and lost with the process. */
    MEMORY;

    /** The name of the header. */
    public static final String HEADER = "Signalbox-Durability";

    /** How it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
