package dev.signalbox.disk;

/**
 * One value on its way to where it rests.
 *
 * @param shelf name of the shelf it is put on
 * @param key its name there
 * @param value what is to be merged in; never changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(String shelf, String key, byte[] value) {

    /** What an entry costs beyond its bytes: pages, references and lengths. */
    private static final int OVERHEAD_BYTES = 64;

    /** About how many bytes it takes, in memory or in a file. */
    long bytes() {
        return bytes(key, value);
    }

    static long bytes(String key, byte[] value) {
        return OVERHEAD_BYTES + 2L * key.length() + value.length;
    }
}
