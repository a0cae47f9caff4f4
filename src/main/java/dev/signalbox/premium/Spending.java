package dev.signalbox.premium;

import dev.signalbox.http.ProblemException;
import dev.signalbox.records.Quotas;
import dev.signalbox.records.Reservation;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** The right to do one piece of work. */
public sealed interface Spending {

    /** Of those who pay nothing for it. */
    Spending FREE = new OfNothing();

    /** Does the work, and spends the right if that succeeds; to be subscribed to once. */
    <T> Uni<T> pay(Uni<T> work);

    /** Nothing is spent. */
    record OfNothing() implements Spending {

        @Override
        public <T> Uni<T> pay(Uni<T> work) {
            return work;
        }
    }

    /** One unit is. */
    record OfUnit(Quotas quotas, Reservation unit) implements Spending {

        private static final Logger LOG = Logger.getLogger(Spending.class);

        @Override
        public <T> Uni<T> pay(Uni<T> work) {
            return work.onFailure()
                    .call(() -> quotas.giveBack(unit))
                    .onCancellation()
                    .call(() -> quotas.giveBack(unit))
                    .call(done -> commit());
        }

        /** The work is done: who waits for it gets it. What could not be written counts on this replica. */
        private Uni<Void> commit() {
            return quotas.commit(unit)
                    .replaceWithVoid()
                    .onFailure()
                    .invoke(fault -> {
                        if (fault instanceof ProblemException) {
                            // The disk is full or fails, and has said so once.
                            LOG.debugf("[Premium] A unit that was used could not be written: %s", fault.getMessage());
                        } else {
                            LOG.errorf("[Premium] A unit that was used could not be written: %s", fault);
                        }
                    })
                    .onFailure()
                    .recoverWithNull();
        }
    }
}
