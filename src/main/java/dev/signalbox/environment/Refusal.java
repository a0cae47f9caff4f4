package dev.signalbox.environment;

/**
 * A value that cannot be understood.
 *
 * @param variable whose value it is
 * @param shown the value without its secrets
 * @param reason what is wrong with it, as a sentence that shows no part of it
 */
record Refusal(Variable variable, String shown, String reason) {

    static Refusal of(Variable variable, String found, IllegalArgumentException reason) {
        return new Refusal(variable, variable.format().show().apply(found), String.valueOf(reason.getMessage()));
    }

    /** The one line that a person reads. */
    String line() {
        return variable + " is " + shown + ", but " + reason + "; expected "
                + variable.format().expected();
    }
}
