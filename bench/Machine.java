import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run ran on. */
final class Machine {

    private Machine() {}

    static String text() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return Runtime.getRuntime().availableProcessors() + " cores of " + model + ", Linux "
                + System.getProperty("os.version");
    }
}
