package dev.signalbox.records;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaPeriod.Span;
import java.util.List;

/**
 * A wish for one unit.
 *
 * @param id of the reservation, if it is granted
 */
record Wish(Caller caller, QuotaLimits limits, String id) {

    /** What it becomes in the periods in which it is granted. */
    Reservation granted(List<Span> spans) {
        return new Reservation(id, caller, spans);
    }
}
