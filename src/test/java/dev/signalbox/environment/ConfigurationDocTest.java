package dev.signalbox.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/configuration.md} to the code. Its tables have the columns variable, property, default and meaning; a
 * failure prints the rows that are missing, so that only their meaning has to be written.
 */
class ConfigurationDocTest {

    private static final String NONE = "–";
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z]+>");

    /** The name of each variable by its property. */
    private static final Map<String, String> VARIABLES =
            Arrays.stream(Variable.values()).collect(Collectors.toMap(Variable::property, Variable::name));

    private final List<Row> rows = rows(Path.of("docs/configuration.md"));
    private final Map<String, String> keys = keys();

    @Test
    void everyKeyHasARow() {
        Map<String, String> missing = new TreeMap<>(keys);
        missing.keySet().removeAll(rows.stream().map(Row::pattern).toList());

        assertThat(missing.entrySet().stream().map(key -> new Row(NONE, key.getKey(), key.getValue(), "").text()))
                .isEmpty();
    }

    @Test
    void everyVariableHasARow() {
        assertThat(VARIABLES.entrySet().stream()
                        .filter(entry -> rows.stream().noneMatch(row -> row.isOf(entry.getKey(), entry.getValue())))
                        .map(entry -> new Row(entry.getValue(), entry.getKey(), "?", "").text()))
                .isEmpty();
    }

    @Test
    void noRowNamesWhatDoesNotExist() {
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.variable).isIn(VARIABLES.getOrDefault(row.property, NONE));
            assertThat(keys.containsKey(row.pattern()) || VARIABLES.containsKey(row.property))
                    .isTrue();
        });
    }

    @Test
    void everyDefaultIsTheRealOne() {
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.defaultValue).isEqualTo(keys.getOrDefault(row.pattern(), row.defaultValue)));
    }

    @Test
    void everyRowSaysWhatItMeans() {
        assertThat(rows).allSatisfy(row -> assertThat(row.meaning).isNotBlank());
    }

    @Test
    void everyVariableStandsForAKey() {
        assertThat(VARIABLES.keySet().stream()
                        .filter(property -> property.startsWith("signalbox."))
                        .filter(property -> !isKey(property)))
                .isEmpty();
    }

    private boolean isKey(String property) {
        return keys.keySet().stream()
                .anyMatch(key -> property.matches(Pattern.quote(key).replace("*", "\\E[^.]+\\Q")));
    }

    /** Every key of every mapping and every key that the artefact itself sets, with the default as the document shows it. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        for (Class<?> mapping : mappings()) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping))
                    .forEach((key, property) ->
                            keys.put(key, property.hasDefaultValue() ? "`" + property.getDefaultValue() + "`" : NONE));
        }
        keys.keySet().removeIf(key -> key.endsWith("[*]")); // the other spelling of a list
        shipped().forEach((key, value) -> keys.put(key, "`" + value + "`"));
        return keys;
    }

    private static List<Class<?>> mappings() {
        Path classes = Path.of("target/classes");
        try (var files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .<Class<?>>map(ConfigurationDocTest::load)
                    .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ConfigurationDocTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Our properties in application.properties, those of single profiles left out. */
    private static Map<String, String> shipped() {
        Properties file = new Properties();
        try (var text = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            file.load(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return file.stringPropertyNames().stream()
                .filter(name -> name.startsWith("signalbox."))
                .collect(Collectors.toMap(name -> name, file::getProperty));
    }

    private static List<Row> rows(Path document) {
        try (var lines = Files.lines(document)) {
            return lines.filter(line -> line.startsWith("| `") || line.startsWith("| " + NONE))
                    .map(Row::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A row of a table. Variable and property are without their backticks, the default is as it is shown. */
    private record Row(String variable, String property, String defaultValue, String meaning) {

        static Row parse(String line) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            assertThat(cells).as(line).hasSize(6);
            return new Row(
                    cells[1].strip().replace("`", ""),
                    cells[2].strip().replace("`", ""),
                    cells[3].strip(),
                    cells[4].strip());
        }

        /** The property as mappings name it. */
        String pattern() {
            return PLACEHOLDER.matcher(property).replaceAll("*");
        }

        boolean isOf(String someProperty, String someVariable) {
            return property.equals(someProperty) && variable.equals(someVariable);
        }

        String text() {
            return "| " + (variable.equals(NONE) ? NONE : "`" + variable + "`") + " | `" + property + "` | "
                    + defaultValue + " | " + meaning + " |";
        }
    }
}
