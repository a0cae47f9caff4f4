package dev.signalbox.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment variables of a process say.
 *
 * @param properties the properties they stand for, with literal values
 * @param ignored variables that are there and count as unset, because they are blank or a {@code ${{…}}} in them was never
 *     expanded
 * @param refusals values that cannot be understood, in the order of the table
 */
public record Environment(Map<String, String> properties, List<Variable> ignored, List<Refusal> refusals) {

    private static final Pattern UNEXPANDED = Pattern.compile("\\$\\{\\{.*?}}", Pattern.DOTALL);

    /** Any of them shows that Railway runs us. */
    private static final List<String> RAILWAY =
            List.of("RAILWAY_ENVIRONMENT", "RAILWAY_ENVIRONMENT_NAME", "RAILWAY_PROJECT_ID");

    public Environment {
        properties = Map.copyOf(properties);
        ignored = List.copyOf(ignored);
        refusals = List.copyOf(refusals);
    }

    /**
     * Reads every variable once.
     *
     * @param lookup the raw value of a variable, or null where there is none
     */
    public static Environment read(Function<String, @Nullable String> lookup) {
        Map<String, String> properties = new LinkedHashMap<>();
        List<Variable> ignored = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        if (RAILWAY.stream().anyMatch(name -> isSet(lookup.apply(name)))) {
            properties.put(Variable.ENVIRONMENT.property(), "production");
        }
        for (Variable variable : Variable.values()) {
            String found = lookup.apply(variable.name());
            if (found == null) {
                continue;
            }
            boolean unexpanded = UNEXPANDED.matcher(found).find();
            if (found.isBlank() || (unexpanded && !variable.format().authority())) {
                ignored.add(variable);
            } else {
                try {
                    properties.put(
                            variable.property(),
                            unexpanded ? refuse() : variable.format().read().apply(found));
                    variable.switchedOn().ifPresent(property -> properties.put(property, "true"));
                } catch (IllegalArgumentException reason) {
                    refusals.add(new Refusal(
                            variable, variable.format().show().apply(found), String.valueOf(reason.getMessage())));
                }
            }
        }
        return new Environment(properties, ignored, refusals);
    }

    private static String refuse() {
        throw new IllegalArgumentException("it was never expanded, and without it everyone could come in");
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
