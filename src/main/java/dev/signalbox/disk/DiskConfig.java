package dev.signalbox.disk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where what must outlive this process rests. */
@ConfigMapping(prefix = "signalbox.disk")
public interface DiskConfig {

    /** The value of {@link #directory} that keeps everything in memory. */
    String OFF = "off";

    /**
     * Directory on a local file system, {@code JOURNAL_DIR}; each replica has one of its own in it. {@value #OFF}: memory
     * only, and what was not sent to Redis ends with the process.
     */
    @WithDefault(".signalbox")
    String directory();

    /**
     * Size from which on nothing more is accepted, of files, or of values in memory (there a quarter of the heap at most).
     * Too small refuses writes in an outage; too big fills the device, which is worse for everything else on it.
     */
    @WithDefault("1G")
    MemorySize maxBytes();

    /** Whether the directory goes with the container, as on Railway without a volume. Only changes what is said about it. */
    @WithDefault("false")
    boolean ephemeral();
}
