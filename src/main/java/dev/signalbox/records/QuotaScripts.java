package dev.signalbox.records;

import dev.signalbox.http.Caller;
import dev.signalbox.records.QuotaPeriod.Span;
import dev.signalbox.redis.KeySpace;
import dev.signalbox.redis.RedisLink;
import dev.signalbox.redis.RedisScript;
import dev.signalbox.redis.Reply;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The scripts that count and reserve units in Redis: what they are given, and what they answer. Fail as the link does. */
final class QuotaScripts {

    private static final RedisScript RESERVE = RedisScript.writing("reserve.lua");
    private static final RedisScript LOOK = RedisScript.reading("reserve.lua");
    private static final RedisScript COMMIT = RedisScript.writing("commit.lua");
    private static final RedisScript PROLONG = RedisScript.writing("prolong.lua");
    private static final String NOTHING = "";
    private static final int HEAD = 2;
    private static final int FIGURES = 3;

    private final RedisLink link;
    private final KeySpace keys;
    private final Supplier<String> time;
    private final String leaseMicros;

    /**
     * Scripts for one Redis.
     *
     * @param time to decide by, in microseconds; empty for the server's
     * @param lease for which a reservation holds
     */
    QuotaScripts(RedisLink link, KeySpace keys, Supplier<String> time, Duration lease) {
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.leaseMicros = Long.toString(lease.toNanos() / 1_000);
    }

    /** What became of the wish to reserve. */
    enum Verdict {
        /** There is one unit less. */
        RESERVED,
        /** There is none. */
        EXHAUSTED,
        /** Nothing was wished for. */
        SEEN,
        /** The server is in another period already, or still. */
        MOVED,
        /** A reservation is over. */
        ENDED
    }

    /**
     * What a script said.
     *
     * @param figures for each period, as they are now; none if it moved
     */
    record Answer(long atMicros, Verdict verdict, List<QuotaFigures> figures) {

        static Answer read(Reply reply) {
            Verdict verdict = switch (reply.at(1).text()) {
                case "reserved" -> Verdict.RESERVED;
                case "exhausted" -> Verdict.EXHAUSTED;
                case "seen" -> Verdict.SEEN;
                case "ended" -> Verdict.ENDED;
                default -> Verdict.MOVED;
            };
            List<QuotaFigures> figures = new ArrayList<>();
            for (int at = HEAD; at < reply.size(); at += FIGURES) {
                figures.add(new QuotaFigures(
                        reply.at(at).number(),
                        reply.at(at + 1).number(),
                        reply.at(at + 2).number()));
            }
            return new Answer(reply.at(0).number(), verdict, List.copyOf(figures));
        }
    }

    /**
     * Reserves a unit.
     *
     * @param known what this replica knows in each of the periods
     */
    Uni<Answer> reserve(Caller caller, List<Span> spans, List<QuotaAccount> known, String id, QuotaLimits limits) {
        return run(RESERVE, caller, spans, asked(spans, known, id, limits));
    }

    /** Looks how a quota stands. */
    Uni<Answer> look(Caller caller, List<Span> spans, List<QuotaAccount> known) {
        return run(LOOK, caller, spans, asked(spans, known, NOTHING, new QuotaLimits(0, 0)));
    }

    /** Counts what was reserved. */
    Uni<Answer> commit(Reservation reservation, List<QuotaAccount> counted) {
        return end(reservation, counted, true);
    }

    /** Gives back what was reserved. */
    Uni<Answer> giveBack(Reservation reservation, List<QuotaAccount> known) {
        return end(reservation, known, false);
    }

    /** Keeps what was reserved for longer. */
    Uni<Void> prolong(Reservation reservation) {
        List<String> reservations = reservation.spans().stream()
                .map(span -> keys.recordReservations(reservation.caller().id(), span.name()))
                .toList();
        return link.run(PROLONG, reservations, List.of(time.get(), reservation.id(), leaseMicros))
                .replaceWithVoid();
    }

    private List<String> asked(List<Span> spans, List<QuotaAccount> known, String id, QuotaLimits limits) {
        List<String> arguments = new ArrayList<>(List.of(time.get(), id, leaseMicros));
        for (int index = 0; index < spans.size(); index++) {
            Span span = spans.get(index);
            QuotaAccount account = known.get(index);
            arguments.add(Long.toString(span.beginMicros()));
            arguments.add(Long.toString(span.endMicros()));
            arguments.add(Long.toString(limits.of(span.period())));
            arguments.add(account.field());
            arguments.add(Long.toString(account.total()));
        }
        return arguments;
    }

    private Uni<Answer> end(Reservation reservation, List<QuotaAccount> accounts, boolean isCounted) {
        List<String> arguments = new ArrayList<>(List.of(time.get(), reservation.id()));
        for (int index = 0; index < accounts.size(); index++) {
            QuotaAccount account = accounts.get(index);
            arguments.add(account.field());
            arguments.add(isCounted ? Long.toString(account.total()) : NOTHING);
            arguments.add(Long.toString(reservation.spans().get(index).expiry().getEpochSecond()));
        }
        return run(COMMIT, reservation.caller(), reservation.spans(), arguments);
    }

    private Uni<Answer> run(RedisScript script, Caller caller, List<Span> spans, List<String> arguments) {
        List<String> touched = new ArrayList<>();
        for (Span span : spans) {
            touched.add(keys.record(caller.id(), span.name()));
            touched.add(keys.recordReservations(caller.id(), span.name()));
        }
        return link.run(script, touched, arguments).map(Answer::read);
    }
}
