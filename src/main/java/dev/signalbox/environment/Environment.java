package dev.signalbox.environment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment variables of a process say.
 *
 * @param properties the properties they stand for, with literal values
 * @param ignored variables that are there and count as unset, because they are blank or a {@code ${{…}}} in them was never
 *     expanded; in the order of the table
 * @param refusals values that cannot be understood, in the order of the table
 */
record Environment(Map<String, String> properties, List<Variable> ignored, List<Refusal> refusals) {

    private static final Pattern UNEXPANDED = Pattern.compile("\\$\\{\\{[^{}]+}}");

    /** What Java makes of bytes that it cannot decode: a password with it would be refused by Redis, and nobody knew why. */
    private static final char UNREADABLE = '\uFFFD';

    /** Any of them shows that Railway runs us. */
    private static final List<String> RAILWAY =
            List.of("RAILWAY_ENVIRONMENT", "RAILWAY_ENVIRONMENT_NAME", "RAILWAY_PROJECT_ID");

    /** What holds on Railway where nobody says otherwise: every public request has come through its proxy. */
    private static final Map<String, String> ON_RAILWAY = Map.of(
            Variable.ENVIRONMENT.property(), EnvironmentConfig.PRODUCTION, Variable.TRUSTED_PROXY_HOPS.property(), "1");

    /** Where Railway has attached a volume, if there is one. The rest of the file system goes with each deployment. */
    private static final String VOLUME = "RAILWAY_VOLUME_MOUNT_PATH";

    private static final String EPHEMERAL_DISK = "signalbox.disk.ephemeral";

    Environment {
        properties = Map.copyOf(properties);
        ignored = List.copyOf(ignored);
        refusals = List.copyOf(refusals);
    }

    /**
     * Reads every variable once.
     *
     * @param lookup the raw value of a variable, or null where there is none
     */
    static Environment read(Lookup lookup) {
        Map<String, String> properties = new HashMap<>();
        List<Variable> ignored = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        String volume = lookup.value(VOLUME);
        boolean hasVolume = volume != null && !countsAsUnset(Variable.JOURNAL_DIR.format(), volume);
        if (RAILWAY.stream().map(lookup::value).anyMatch(value -> value != null && !value.isBlank())) {
            properties.putAll(ON_RAILWAY);
            properties.put(EPHEMERAL_DISK, Boolean.toString(!hasVolume));
        }
        if (volume != null && hasVolume) {
            properties.put(Variable.JOURNAL_DIR.property(), volume.strip());
        }
        for (Variable variable : Variable.values()) {
            String found = lookup.value(variable.name());
            if (found == null) {
                continue;
            }
            if (countsAsUnset(variable.format(), found)) {
                ignored.add(variable);
                continue;
            }
            try {
                properties.put(variable.property(), property(variable.format(), found));
            } catch (IllegalArgumentException refused) {
                refusals.add(Refusal.of(variable, found, refused));
            }
        }
        return new Environment(properties, ignored, refusals);
    }

    private static boolean countsAsUnset(Format format, String found) {
        return found.isBlank() || (isUnexpanded(found) && !format.authority());
    }

    private static String property(Format format, String found) {
        if (found.indexOf(UNREADABLE) >= 0) {
            throw new IllegalArgumentException("the locale of this process cannot read all of it (LANG=C.UTF-8 can)");
        }
        if (isUnexpanded(found)) {
            throw new IllegalArgumentException("it was never expanded, and to go without it would let everyone in");
        }
        return format.read().apply(found);
    }

    private static boolean isUnexpanded(String found) {
        return UNEXPANDED.matcher(found).find();
    }

    /** Where the raw values of variables come from. */
    @FunctionalInterface
    interface Lookup {

        /** The value as it was written, or null where there is none. */
        @Nullable
        String value(String name);
    }
}
