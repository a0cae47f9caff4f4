package dev.signalbox.records;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What we own. Any thread may call; work begins on subscription, and results arrive on the Vert.x context of the subscriber.
 *
 * <p>While Redis takes writes they go there; else they rest on this replica and are sent when it does. What Redis has answered
 * is overlaid with what of this replica it does not have yet. Takes at most one command deadline for each command that Redis
 * does not answer.
 */
public interface Records {

    /** Later than everything that this replica has written or read: the moment of an addition or a removal. */
    Version now();

    /**
     * Merges a change in.
     *
     * @return fails with a problem 503 if it can be kept nowhere, because the disk is full
     */
    Uni<Receipt> merge(Merge change);

    /**
     * Adds a member, unless there is one: while Redis takes writes, of all who claim the same one the first has it, and the
     * others change nothing. Of those whom Redis could not be asked about, the one with the earlier version has it in the end.
     *
     * @param members of shape {@link RecordKey.Shape#MEMBERS}
     * @return as {@link #merge}; its {@code before} holds whoever was first
     */
    Uni<Receipt> claim(RecordKey members, String field, Member member);

    /**
     * Writes a register: whatever it holds, this is later, also where the clock of who wrote that runs ahead.
     *
     * @param data empty to delete
     * @return as {@link #merge}
     */
    Uni<Receipt> set(RecordKey record, String field, Optional<String> data);

    /** All fields of a record of few fields. Never fails because of Redis. */
    Uni<Reading> read(RecordKey record);

    /** Some fields of a record. Never fails because of Redis. */
    Uni<Reading> read(RecordKey record, Set<String> fields);

    /**
     * How many members are present that were added at some moment or later.
     *
     * @param members of shape {@link RecordKey.Shape#MEMBERS}
     */
    Uni<Count> count(RecordKey members, Instant since);

    /**
     * How many different fields were merged, by estimate.
     *
     * @param sightings of shape {@link RecordKey.Shape#SIGHTINGS}
     */
    Uni<Count> count(RecordKey sightings);

    /**
     * The members that are present, the earliest first. What is added meanwhile may be missing.
     *
     * @param members of shape {@link RecordKey.Shape#MEMBERS}
     * @return fails with a problem 503, before its first item or later, once it is not known to be complete
     */
    Multi<Member> members(RecordKey members);
}
