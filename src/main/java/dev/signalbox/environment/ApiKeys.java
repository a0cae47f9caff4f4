package dev.signalbox.environment;

import java.util.regex.Pattern;

/** A list of keys, each with the name of its holder or without. */
final class ApiKeys {

    private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9_.@-]{1,64}:[!-~&&[^,]]+|[!-~&&[^,:]]+");

    private ApiKeys() {}

    static Format format() {
        return new Format(
                "keys separated by commas, each as name:key or key, without blanks",
                true,
                ApiKeys::checked,
                Shown::hidden);
    }

    private static String checked(String text) {
        for (String entry : text.split(",", -1)) {
            if (!ENTRY.matcher(entry.strip()).matches()) {
                throw new IllegalArgumentException("an entry is empty or has a character that no header can carry");
            }
        }
        return text;
    }
}
