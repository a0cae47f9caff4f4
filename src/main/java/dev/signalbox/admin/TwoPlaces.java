package dev.signalbox.admin;

/** Ratios as people read them. */
final class TwoPlaces {

    private TwoPlaces() {}

    /** Rounded to two decimal places. */
    static double of(double ratio) {
        return Math.round(ratio * 100) / 100.0;
    }
}
