package dev.signalbox.records;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a record.
 *
 * @param values by field; absent where nothing is known
 * @param isComplete whether what is not here is nowhere. False while Redis cannot be asked, or has lost data that replicas may
 *     hold: then absence means nothing, and a sum is too low
 */
public record Reading(Map<String, Value> values, boolean isComplete) {

    static final Reading UNKNOWN = new Reading(Map.of(), false);

    /** Copies the values. */
    public Reading {
        values = Map.copyOf(values);
    }

    /** The value of a field that holds a member. */
    public Optional<Member> member(String field) {
        return values.get(field) instanceof Member member ? Optional.of(member) : Optional.empty();
    }

    /** The value of a field that holds a register. */
    public Optional<Register> register(String field) {
        return values.get(field) instanceof Register register ? Optional.of(register) : Optional.empty();
    }

    /** The sum of all fields that hold numbers: the value of a counter. */
    public long sum() {
        return values.values().stream()
                .mapToLong(value -> value instanceof Maximum(long number) ? number : 0)
                .sum();
    }

    /** This and what is known from elsewhere. */
    Reading with(Map<String, Value> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, Value> merged = new HashMap<>(values);
        others.forEach((field, value) -> merged.merge(field, value, Value::merge));
        return new Reading(merged, isComplete);
    }

    Reading complete(boolean whole) {
        return new Reading(values, whole);
    }
}
