package dev.signalbox.admin;

import java.util.Locale;

/** Sizes as people read them. */
final class ByteSize {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final int STEP = 1_024;

    private ByteSize() {}

    /** {@code 2.3MB}: units of 1024, one decimal place. */
    static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + UNITS[0] : String.format(Locale.ROOT, "%.1f%s", size, UNITS[unit]);
    }
}
