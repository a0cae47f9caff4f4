package dev.signalbox.premium;

import java.time.Instant;
import java.util.Optional;

/** Whether somebody has premium. */
sealed interface Premium {

    /** It has, at least until then. */
    record Active(Instant until) implements Premium {}

    /** It has not; or not any more. */
    record Inactive(Optional<Instant> endedAt) implements Premium {}

    /** What was granted elsewhere cannot be read at the moment, and what is known does not suffice. */
    record Unknown() implements Premium {}

    default boolean isActive() {
        return this instanceof Active;
    }

    /** When it ends or ended, as far as that is known. */
    default Optional<Instant> end() {
        return switch (this) {
            case Active active -> Optional.of(active.until);
            case Inactive inactive -> inactive.endedAt;
            case Unknown unknown -> Optional.empty();
        };
    }
}
