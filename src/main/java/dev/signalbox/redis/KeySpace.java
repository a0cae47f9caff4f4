package dev.signalbox.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds every key that we write. All begin with the prefix, so that other users of the same database are left alone.
 *
 * <p>Keys that are used together share a hash tag, so that the same code runs on a cluster.
 */
public final class KeySpace {

    private static final Pattern PREFIX = Pattern.compile("[^{}\\s]{1,64}");

    private static final Pattern CATEGORY = Pattern.compile("v[0-9]+:([a-z0-9-]+):.*", Pattern.DOTALL);
    private static final Pattern GLOB_SYNTAX = Pattern.compile("[*?\\[\\]\\\\^]");

    private final String prefix;

    /**
     * A key space of its own.
     *
     * @throws IllegalArgumentException if the prefix is empty, longer than 64 characters, or contains a blank or a brace,
     *     which would break every hash tag
     */
    public KeySpace(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a key prefix is 1 to 64 characters without blanks and braces");
        }
        this.prefix = prefix;
    }

    /** Random id of the data. Outlives every cache schema. */
    String generation() {
        return prefix + ":{link}:generation";
    }

    /** Counter of all heartbeats. Outlives every cache schema. */
    String tide() {
        return prefix + ":{link}:tide";
    }

    /** The replicas by their latest heartbeat. */
    String replicas() {
        return prefix + ":{link}:replicas";
    }

    /** Which run of the server was there at the last heartbeat. */
    String run() {
        return prefix + ":{link}:run";
    }

    /** The restoration under way; absent when there is none. */
    String restoring() {
        return prefix + ":{link}:restoring";
    }

    /** Which replicas have written back what they hold. */
    String restored() {
        return prefix + ":{link}:restored";
    }

    /** Written to see whether writes are taken. Holds nothing. */
    String probe() {
        return prefix + ":{link}:probe";
    }

    /**
     * A cache entry.
     *
     * @param schema version of the entry format: other versions never meet
     * @param caller hashed, or {@code -} for everyone; its entries share a slot
     * @param digest hash of what is asked for
     */
    public String cacheEntry(int schema, String category, String caller, String digest) {
        return prefix + ":cache:v" + schema + ":" + category + ":" + tagged(caller, digest);
    }

    /** Positions of the coarse invalidations. Outlives every cache schema. */
    public String marks() {
        return prefix + ":{marks}:table";
    }

    /** The log of all invalidations. Outlives every cache schema. */
    public String invalidationLog() {
        return prefix + ":{marks}:log";
    }

    /**
     * Version of one caller's entries in a category. Outlives every cache schema.
     *
     * @param caller hashed; the key shares the slot of its entries
     */
    public String callerVersion(String category, String caller) {
        return prefix + ":version:" + category + ":{" + caller + "}";
    }

    /** Version of one entry, in the slot of {@link #cacheEntry}. Outlives every cache schema. */
    public String keyVersion(String category, String caller, String digest) {
        return prefix + ":version:" + category + ":" + tagged(caller, digest);
    }

    /** The right to load one entry for all, in the slot of {@link #cacheEntry}. */
    public String lease(String category, String caller, String digest) {
        return prefix + ":lease:" + category + ":" + tagged(caller, digest);
    }

    private static String tagged(String caller, String digest) {
        return "{" + (caller.equals("-") ? digest : caller) + "}:" + digest;
    }

    /** What all processes have counted of a category: a hash with a field for each process. Outlives every cache schema. */
    public String statistics(String category) {
        return prefix + ":statistics:" + category;
    }

    /** The category of a cache entry; empty for every other key. */
    public Optional<String> categoryOf(String key) {
        return after(":cache:", key)
                .map(CATEGORY::matcher)
                .filter(Matcher::matches)
                .map(parts -> parts.group(1));
    }

    /**
     * State of one limit of a caller. Outlives every cache schema.
     *
     * @param caller hashed; all its limits share a slot, so that one script decides on them
     * @param state the limit and how it counts: states of different shapes never meet
     */
    public String limit(String caller, String state) {
        return prefix + ":limit:{" + caller + "}:" + state;
    }

    /** Which settlements of {@link #limit} have been counted. */
    public String limitSettlements(String caller, String state) {
        return limit(caller, state) + ":settled";
    }

    /** Units of a caller's limits that have been given back, in the slot of {@link #limit}. */
    public String returnedUnits(String caller) {
        // No limit counts by units.
        return limit(caller, "returned:units");
    }

    /**
     * A record. Outlives every cache schema.
     *
     * @param owner hashed, or a word; all its records share a slot
     */
    public String record(String owner, String name) {
        return prefix + ":record:{" + owner + "}:" + name;
    }

    /** Which members of {@link #record} are present, by their time. */
    public String recordMembers(String owner, String name) {
        // No record has a dot in its name.
        return record(owner, name) + ".present";
    }

    /** Who has reserved something of what {@link #record} counts. */
    public String recordReservations(String owner, String name) {
        return record(owner, name) + ".reserved";
    }

    /** Whether a key holds the state of a limit. */
    public boolean isLimit(String key) {
        return after(":limit:", key).isPresent();
    }

    /** What all keys of ours begin with, as people write it. */
    public String beginning() {
        return prefix + ":";
    }

    /**
     * A glob for keys of ours only.
     *
     * @param rest a glob for what follows {@link #beginning()}
     */
    public String glob(String rest) {
        return GLOB_SYNTAX.matcher(prefix).replaceAll("\\\\$0") + ":" + rest;
    }

    private Optional<String> after(String family, String key) {
        String start = prefix + family;
        return key.startsWith(start) ? Optional.of(key.substring(start.length())) : Optional.empty();
    }
}
