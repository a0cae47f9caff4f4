package dev.signalbox.records;

import java.util.HashMap;
import java.util.Map;

/**
 * What this replica knows of a caller's units in one period.
 *
 * @param field in which this replica counts; random, and another one whenever this was forgotten in between
 * @param total that the field has reached
 * @param others all other units that are used, when they were last seen
 * @param seenMicros when all others were last seen, {@link #NEVER} if only some of them were
 * @param isLoaded whether those that rest on this replica have been looked for
 * @param held reservations of this replica, with the time until when each holds
 * @param unwritten counts that are on their way
 */
record QuotaAccount(
        String field,
        long total,
        long others,
        long seenMicros,
        boolean isLoaded,
        Map<String, Long> held,
        int unwritten) {

    static final long NEVER = Long.MIN_VALUE;

    QuotaAccount {
        held = Map.copyOf(held);
    }

    static QuotaAccount unknown(String field) {
        return new QuotaAccount(field, 0, 0, NEVER, false, Map.of(), 0);
    }

    boolean isSeen() {
        return seenMicros != NEVER;
    }

    /** Whether nothing would be lost if this was forgotten. */
    boolean isIdle() {
        return held.isEmpty() && unwritten == 0;
    }

    long used(long nowMicros) {
        return others + total + live(nowMicros);
    }

    private long live(long nowMicros) {
        return held.values().stream().filter(until -> until > nowMicros).count();
    }

    /**
     * With what Redis said.
     *
     * @param asked the field that it was asked for: another one, if this was forgotten meanwhile
     */
    QuotaAccount seen(String asked, QuotaFigures figures, long nowMicros) {
        long reservedByOthers = Math.max(0, figures.reservations() - live(nowMicros));
        long own = asked.equals(field) ? figures.own() : 0;
        return new QuotaAccount(
                field,
                Math.max(total, own),
                figures.others() + figures.own() - own + reservedByOthers,
                nowMicros,
                true,
                held,
                unwritten);
    }

    /** With what rests on this replica, and elsewhere if that could be read. */
    QuotaAccount loaded(Reading reading, long nowMicros) {
        long own = reading.values().get(field) instanceof Maximum(long number) ? number : 0;
        return new QuotaAccount(
                field,
                Math.max(total, own),
                reading.sum() - own,
                reading.isComplete() ? nowMicros : seenMicros,
                true,
                held,
                unwritten);
    }

    QuotaAccount reserved(String id, long untilMicros) {
        Map<String, Long> more = new HashMap<>(held);
        more.put(id, untilMicros);
        return with(total, more, unwritten);
    }

    /** Where it has not ended. */
    QuotaAccount prolonged(String id, long nowMicros, long untilMicros) {
        return held.getOrDefault(id, NEVER) > nowMicros ? reserved(id, untilMicros) : this;
    }

    QuotaAccount givenBack(String id) {
        return with(total, without(id), unwritten);
    }

    QuotaAccount counted(String id) {
        return with(total + 1, without(id), unwritten + 1);
    }

    QuotaAccount written() {
        return with(total, held, unwritten - 1);
    }

    private Map<String, Long> without(String id) {
        Map<String, Long> fewer = new HashMap<>(held);
        fewer.remove(id);
        return fewer;
    }

    private QuotaAccount with(long newTotal, Map<String, Long> newHeld, int newUnwritten) {
        return new QuotaAccount(field, newTotal, others, seenMicros, isLoaded, newHeld, newUnwritten);
    }
}
