package dev.signalbox.ratelimit;

import dev.signalbox.ratelimit.DecideScript.Answer;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.LimitState.Seen;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisFailure;
import dev.signalbox.redis.RedisLink;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides in Redis, by the clock of the server, for all replicas: one script, one round trip. Fails with a
 * {@link RedisFailure}. What Redis says is noted, so that a replica on its own can go on from there, and data that Redis loses
 * is told to it again.
 */
final class RedisRateLimiter implements RateLimiter {

    private final RedisLink link;
    private final KeySpace keys;
    private final CallerLimits limits;
    private final ReturnedReceipts returned;
    private final Time time;
    private final Supplier<String> nonces;

    RedisRateLimiter(
            RedisLink link,
            KeySpace keys,
            CallerLimits limits,
            ReturnedReceipts returned,
            Time time,
            Supplier<String> nonces) {
        this.link = link;
        this.keys = keys;
        this.limits = limits;
        this.returned = returned;
        this.time = time;
        this.nonces = nonces;
    }

    /**
     * By what the script decides.
     *
     * @param argument what it is told; empty for the server's clock
     * @param nowMicros the same, roughly
     */
    record Time(Supplier<String> argument, LongSupplier nowMicros) {

        /** The clock of the server, which is roughly known here. */
        static Time ofServer(LongSupplier nowMicros) {
            return new Time(() -> "", nowMicros);
        }
    }

    @Override
    public Uni<List<Decision>> decide(List<Claim> claims) {
        return Uni.createFrom().deferred(() -> run(claims));
    }

    private Uni<List<Decision>> run(List<Claim> claims) {
        String generation = link.status().generation();
        DecideScript script = new DecideScript(keys, time.argument.get(), claims.size(), time.nowMicros.getAsLong());
        List<String> given = new ArrayList<>();
        List<List<Seen>> told = new ArrayList<>();
        for (Claim claim : claims) {
            String nonce = nonces.get();
            List<Seen> lost = lost(claim, generation);
            given.add(nonce);
            told.add(lost);
            script.add(claim, nonce, lost);
        }
        return link.run(DecideScript.SCRIPT, script.keys(), script.arguments()).map(reply -> {
            List<Answer> answers = DecideScript.answers(claims, reply);
            List<Decision> decisions = new ArrayList<>();
            for (int index = 0; index < claims.size(); index++) {
                Answer answer = answers.get(index);
                Receipt receipt = new Receipt(given.get(index), answer.atMicros());
                note(claims.get(index), answer, receipt, told.get(index), generation);
                decisions.add(decision(claims.get(index), answer, receipt));
            }
            return decisions;
        });
    }

    private List<Seen> lost(Claim claim, String generation) {
        return claim.demands().stream()
                .map(demand -> limits.of(claim.caller(), demand.limit()).lost(generation))
                .toList();
    }

    private void note(Claim claim, Answer answer, Receipt receipt, List<Seen> told, String generation) {
        if (claim.purpose() instanceof Claim.Purpose.Return back && answer.admitted()) {
            returned.add(claim.caller(), back.receipt());
        }
        limits.change(claim.caller(), known -> {
            List<LimitState> states = new ArrayList<>();
            for (int index = 0; index < claim.demands().size(); index++) {
                Demand demand = claim.demands().get(index);
                LimitState before = known.of(demand.limit());
                LimitState state = noted(claim, answer, index, told.get(index), before, generation);
                states.add(slots(claim, demand, answer, index, receipt, state));
            }
            return known.with(states);
        });
    }

    private static LimitState noted(
            Claim claim, Answer answer, int index, Seen told, LimitState before, String generation) {
        Limit limit = claim.demands().get(index).limit();
        Seen said = answer.states().get(index);
        if (claim.purpose() instanceof Claim.Purpose.Back && answer.admitted()) {
            return before.lowered(limit, said, generation);
        }
        boolean isHeld = told.equals(Seen.NOTHING) || isWritten(claim, answer, index);
        return isHeld ? before.seen(limit, said, generation) : before;
    }

    /** Whether Redis holds what it said. Else it said what it was told, and has to be told again. */
    private static boolean isWritten(Claim claim, Answer answer, int index) {
        return claim.purpose() instanceof Claim.Purpose.Take
                && answer.admitted()
                && answer.usages().get(index).admits();
    }

    /** Slots belong to whoever holds them: this replica goes on counting its own while Redis is away. */
    private static LimitState slots(
            Claim claim, Demand demand, Answer answer, int index, Receipt receipt, LimitState state) {
        if (!(state instanceof SlotState slots)) {
            return state;
        }
        return switch (claim.purpose()) {
            case Claim.Purpose.Take take
            when answer.admitted() && answer.usages().get(index).admits() ->
                slots.taken(demand, demand.limit().amount(), receipt.takenAtMicros(), receipt.nonce());
            case Claim.Purpose.Back back -> slots.told(demand, receipt.takenAtMicros(), back.receipt());
            case Claim.Purpose.Take refused -> state;
            case Claim.Purpose.Look look -> state;
        };
    }

    private static Decision decision(Claim claim, Answer answer, Receipt receipt) {
        return switch (claim.purpose()) {
            case Claim.Purpose.Back back -> new Decision.Returned(answer.usages(), Engine.REDIS, answer.admitted());
            case Claim.Purpose.Look look
            when answer.admitted() -> new Decision.Allowed(answer.usages(), Engine.REDIS, Optional.empty());
            case Claim.Purpose.Take take
            when answer.admitted() -> new Decision.Allowed(answer.usages(), Engine.REDIS, Optional.of(receipt));
            case Claim.Purpose.Take take ->
                new Decision.Denied(answer.usages(), Engine.REDIS, Decision.Denied.Reason.LIMIT);
            case Claim.Purpose.Look look ->
                new Decision.Denied(answer.usages(), Engine.REDIS, Decision.Denied.Reason.LIMIT);
        };
    }
}
