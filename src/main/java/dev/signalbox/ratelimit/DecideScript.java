package dev.signalbox.ratelimit;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Limit.Kind;
import dev.signalbox.ratelimit.LimitState.Seen;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import dev.signalbox.redis.ScriptArguments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One call of {@code decide.lua}: what it is given, and what its answer means. */
final class DecideScript {

    static final RedisScript SCRIPT = RedisScript.writing("decide.lua");

    private static final String NONE = "0";

    private final KeySpace keySpace;
    private final long nowMicros;
    private final List<String> keys = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    /**
     * A call without claims.
     *
     * @param time the time to decide by, empty for the server's
     * @param claims how many there will be
     * @param nowMicros roughly the time: tells which period of the calendar is meant
     */
    DecideScript(KeySpace keySpace, String time, int claims, long nowMicros) {
        this.keySpace = keySpace;
        this.nowMicros = nowMicros;
        arguments.add(time);
        arguments.add(Integer.toString(claims));
    }

    /**
     * What the script says of one claim.
     *
     * @param admitted whether it was done
     * @param states as they are afterwards, in the order of the claim's demands
     */
    record Answer(boolean admitted, long atMicros, List<Usage> usages, List<Seen> states) {}

    /** Adds a claim. */
    void add(Claim claim, String nonce, List<Seen> lost) {
        Caller caller = claim.caller();
        switch (claim.purpose()) {
            case Claim.Purpose.Take take -> head("take", nonce, 0);
            case Claim.Purpose.Look look -> head("look", nonce, 0);
            case Claim.Purpose.Return back -> {
                head("return", back.receipt().nonce(), back.receipt().takenAtMicros());
                keys.add(keySpace.returnedUnits(caller.id()));
            }
            case Claim.Purpose.Undo undo ->
                head("undo", undo.receipt().nonce(), undo.receipt().takenAtMicros());
        }
        arguments.add(Integer.toString(claim.demands().size()));
        for (int index = 0; index < claim.demands().size(); index++) {
            add(caller, claim.demands().get(index), lost.get(index));
        }
    }

    List<String> keys() {
        return keys;
    }

    ScriptArguments arguments() {
        return ScriptArguments.of(arguments);
    }

    /** Reads what the script said of claims, which are those that were added. */
    static List<Answer> answers(List<Claim> claims, Reply reply) {
        Iterator<Reply> numbers = reply.items().iterator();
        long now = numbers.next().number();
        return claims.stream().map(claim -> answer(claim, now, numbers)).toList();
    }

    private static Answer answer(Claim claim, long now, Iterator<Reply> numbers) {
        boolean admitted = numbers.next().number() == 1;
        List<Usage> usages = new ArrayList<>();
        List<Seen> states = new ArrayList<>();
        for (Demand demand : claim.demands()) {
            usages.add(new Usage(
                    demand.limit(),
                    numbers.next().number() == 1,
                    numbers.next().number(),
                    numbers.next().number(),
                    numbers.next().number()));
            states.add(new Seen(numbers.next().number(), numbers.next().number()));
        }
        return new Answer(admitted, now, usages, states);
    }

    private void head(String purpose, String nonce, long takenAt) {
        arguments.add(purpose);
        arguments.add(nonce);
        arguments.add(Long.toString(takenAt));
    }

    private void add(Caller caller, Demand demand, Seen lost) {
        Limit limit = demand.limit();
        keys.add(keySpace.limit(caller.id(), limit.stateName()));
        arguments.add(nameOf(limit.kind()));
        number(limit.amount());
        number(demand.cost());
        arguments.add(limit.isShadow() ? "1" : NONE);
        number(lost.first());
        number(lost.second());
        switch (limit.kind()) {
            case Kind.Rate rate -> only(Gcra.of(limit.amount(), rate.window()).intervalMicros());
            case Kind.Concurrency slots -> only(Limit.micros(slots.lease()));
            case Kind.Window window -> {
                long index = window.period().index(nowMicros);
                number(index);
                number(window.period().startMicros(index));
                number(window.period().startMicros(index + 1));
                number(window.period().startMicros(index + 2));
            }
        }
    }

    static String nameOf(Kind kind) {
        return switch (kind) {
            case Kind.Rate rate -> "rate";
            case Kind.Window window -> "window";
            case Kind.Concurrency slots -> "slots";
        };
    }

    private void only(long number) {
        number(number);
        arguments.addAll(List.of(NONE, NONE, NONE));
    }

    private void number(long number) {
        arguments.add(Long.toString(number));
    }
}
