package dev.signalbox.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** The {@code redis-server} executable that the embedded-redis artifact carries, unpacked once per JVM. */
final class RedisBinary {

    private RedisBinary() {}

    static Path path() {
        return Unpacked.BINARY;
    }

    /** Initialised by the first use, under the lock of the class loader. */
    private static final class Unpacked {

        private static final Path BINARY = unpack();

        private static Path unpack() {
            Scratch home = Scratch.create("redis-binary");
            try {
                return ExecutableProvider.newJarResourceProvider(home.path().toFile())
                        .get()
                        .toPath();
            } catch (IOException notForThisPlatform) {
                throw new UncheckedIOException(notForThisPlatform);
            }
        }
    }
}
