package dev.signalbox.articles;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts whose articles may be read. */
final class AllowedHosts {

    private static final int SHOWN = 5;

    private final List<AllowedHost> entries;
    private final Set<String> names;
    private final Set<String> parents;

    AllowedHosts(Collection<String> entries) {
        this.entries = entries.stream().map(AllowedHost::parse).toList();
        this.names = names(false);
        this.parents = names(true);
    }

    boolean admit(WebHost host) {
        return names.contains(host.text()) || (host.literal().isEmpty() && isBelowAParent(host.text()));
    }

    /** The first few, for a sentence. */
    String shown() {
        String first = entries.stream().limit(SHOWN).map(AllowedHost::toString).collect(Collectors.joining(", "));
        return entries.size() <= SHOWN ? first : first + " and " + (entries.size() - SHOWN) + " more";
    }

    private boolean isBelowAParent(String name) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (parents.contains(name.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> names(boolean below) {
        return entries.stream()
                .filter(entry -> entry.below() == below)
                .map(AllowedHost::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
