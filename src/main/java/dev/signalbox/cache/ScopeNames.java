package dev.signalbox.cache;

import dev.signalbox.http.Caller;

/** How scopes are named in marks, and by which names an entry is covered. */
final class ScopeNames {

    static final String EVERYTHING = "all";

    /** What many tags fold into. */
    static final String ALL_TAGS = "tags";

    private static final String TAG = "tag:";
    private static final String CALLER = "caller:";
    private static final String KEY = "key:";

    private ScopeNames() {}

    static String of(Scope scope) {
        return switch (scope) {
            case Scope.Everything everything -> EVERYTHING;
            case Scope.OfCategory of -> category(of.category());
            case Scope.OfTag of -> tag(of.tag());
            case Scope.OfCaller of -> caller(of.category(), of.caller());
            case Scope.OfKey of -> key(of.category(), of.caller(), of.digest());
        };
    }

    static String category(Category category) {
        return "category:" + category.name();
    }

    static String tag(String tag) {
        return TAG + tag;
    }

    static String caller(Category category, Caller caller) {
        return CALLER + category.name() + ':' + caller.id();
    }

    static String key(Category category, Caller caller, String digest) {
        return KEY + category.name() + ':' + caller.id() + ':' + digest;
    }

    /** Whether a scope is one of a kind that has a version beside its entries in Redis. */
    static boolean isFine(String scope) {
        return scope.startsWith(CALLER) || scope.startsWith(KEY);
    }

    static boolean isTag(String scope) {
        return scope.startsWith(TAG);
    }
}
