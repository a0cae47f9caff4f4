package dev.signalbox.redis;

import java.util.Set;

/** What an error reply says about the server, beyond the command that got it. */
enum Refusal {
    /** The server answers reads and refuses writes: full, a replica, or unable to persist. */
    OF_WRITES,
    /** The server answers nothing that we could use: loading, busy, without our login, or cut off from its cluster. */
    OF_EVERYTHING,
    /** Only this command failed. */
    OF_THE_COMMAND;

    private static final Set<String> WRITES = Set.of("OOM", "READONLY", "MISCONF", "NOREPLICAS");
    private static final Set<String> EVERYTHING =
            Set.of("LOADING", "BUSY", "NOAUTH", "WRONGPASS", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN");

    static Refusal by(RedisFailure.Rejected rejected) {
        if (WRITES.contains(rejected.code())) {
            return OF_WRITES;
        }
        return EVERYTHING.contains(rejected.code()) ? OF_EVERYTHING : OF_THE_COMMAND;
    }
}
