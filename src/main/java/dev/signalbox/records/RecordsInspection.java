package dev.signalbox.records;

/** How it stands with records, for operators. */
public interface RecordsInspection {

    /** What is known now. Costs a few volatile reads. */
    RecoveryReport report();
}
