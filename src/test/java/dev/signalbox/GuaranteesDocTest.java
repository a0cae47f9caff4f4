package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/guarantees.md} to the tests that it names: a promise without one is only a wish. */
class GuaranteesDocTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+)?(?:\\.([a-z][A-Za-z]+))?`");

    @Test
    void everyPromiseNamesATestThatIsThere() throws IOException {
        List<String> promises = Files.readAllLines(Path.of("docs/guarantees.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
                .toList();

        assertThat(promises).hasSizeGreaterThan(15).allSatisfy(promise -> {
            String tests = promise.substring(promise.lastIndexOf(" | "));
            List<String> missing = missing(tests);
            assertThat(missing).as(promise).isEmpty();
            assertThat(NAMED.matcher(tests).find()).as(promise).isTrue();
        });
    }

    private static List<String> missing(String tests) throws IOException {
        List<String> missing = new ArrayList<>();
        String source = "";
        for (Matcher named = NAMED.matcher(tests); named.find(); ) {
            source = named.group(1) == null ? source : source(named.group(1));
            boolean isThere =
                    !source.isEmpty() && (named.group(2) == null || source.contains(" " + named.group(2) + "("));
            if (!isThere) {
                missing.add(named.group());
            }
        }
        return missing;
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(name + ".java")).toList();
            return found.isEmpty() ? "" : Files.readString(found.getFirst());
        }
    }
}
