package dev.signalbox.redis;

import dev.signalbox.testsupport.RedisServer;
import dev.signalbox.testsupport.RedisServerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The servers whose ways differ where the link looks: errors inside scripts are worded anew in 7. */
public enum RedisVersion {
    /** The one that the tests carry. */
    CARRIED {
        @Override
        public RedisServerBuilder builder() {
            return RedisServer.builder();
        }
    },
    /** Debian's, 7.0 or later, where it is installed. */
    INSTALLED {
        @Override
        public RedisServerBuilder builder() {
            return RedisServer.builder().binary(DEBIAN);
        }
    };

    private static final Path DEBIAN = Path.of("/usr/bin/redis-server");

    /** A server of this version, to be described. */
    public abstract RedisServerBuilder builder();

    /** Those that can be run here. */
    public static List<RedisVersion> present() {
        return Arrays.stream(values())
                .filter(version -> version == CARRIED || Files.isExecutable(DEBIAN))
                .toList();
    }
}
