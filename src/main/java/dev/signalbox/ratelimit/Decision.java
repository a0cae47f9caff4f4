package dev.signalbox.ratelimit;

import java.util.List;
import java.util.Optional;

/** What became of a claim. */
public sealed interface Decision {

    /** How the limits stand, in the order of the claim. */
    List<Usage> usages();

    /** Who decided. */
    Engine engine();

    /** Who decided. */
    enum Engine {
        /** Redis, for all replicas. */
        REDIS,
        /** This replica alone. */
        LOCAL
    }

    /**
     * Every limit admits it.
     *
     * @param receipt for units that were taken; empty where that was not asked for, or nothing was counted
     */
    record Allowed(List<Usage> usages, Engine engine, Optional<Receipt> receipt) implements Decision {

        /** Copies the list. */
        public Allowed {
            usages = List.copyOf(usages);
        }
    }

    /** A limit does not admit it. Nothing was taken. */
    record Denied(List<Usage> usages, Engine engine, Reason reason) implements Decision {

        /** Copies the list. */
        public Denied {
            usages = List.copyOf(usages);
        }

        /** Why a limit does not admit it. */
        public enum Reason {
            /** The caller has used it up. */
            LIMIT,
            /** The caller may have units left, but Redis is away, and this replica's share of them is used up. */
            SHARE,
            /** Redis is away, and this limit allows nothing then. */
            CLOSED
        }

        /** Time until the same can be allowed, if nothing else is meanwhile; {@link Usage#NEVER} for never. */
        public long retryMicros() {
            long longest = 0;
            for (Usage usage : usages) {
                if (usage.refuses()) {
                    if (usage.retryMicros() == Usage.NEVER) {
                        return Usage.NEVER;
                    }
                    longest = Math.max(longest, usage.retryMicros());
                }
            }
            return longest;
        }
    }

    /**
     * Units were to be given back.
     *
     * @param done false where that had been done before, or there was nothing left to give back
     */
    record Returned(List<Usage> usages, Engine engine, boolean done) implements Decision {

        /** Copies the list. */
        public Returned {
            usages = List.copyOf(usages);
        }
    }
}
