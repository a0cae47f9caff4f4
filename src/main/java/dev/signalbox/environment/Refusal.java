package dev.signalbox.environment;

/**
 * A value that cannot be understood.
 *
 * @param variable whose value it is
 * @param shown the value without its secrets
 * @param reason what is wrong with it, as a sentence that shows no part of it
 */
public record Refusal(Variable variable, String shown, String reason) {

    /** The one line that a person reads. */
    public String line() {
        return variable + " is " + shown + ", but " + reason + "; expected "
                + variable.format().expected();
    }
}
