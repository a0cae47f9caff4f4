package dev.signalbox.records;

/**
 * What Redis says of a caller's units in one period.
 *
 * @param others counted by others
 * @param own counted by this replica
 * @param reservations of anybody
 */
record QuotaFigures(long others, long own, long reservations) {

    long used() {
        return others + own + reservations;
    }
}
