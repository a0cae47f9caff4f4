package dev.signalbox.ratelimit;

import java.util.List;
import java.util.Optional;

/**
 * A calendar window as this replica knows it.
 *
 * @param period number of the period that the rest is about
 * @param said units taken of the whole amount, as Redis counts
 * @param generation of the data that said so last
 * @param shared units taken of this replica's share: what decides here
 * @param own units taken here while Redis was away, in all
 * @param told how many of them Redis has counted
 */
record WindowState(Limit limit, long period, long said, String generation, long shared, long own, long told)
        implements LimitState {

    static WindowState unknown(Limit limit) {
        return new WindowState(limit, -1, 0, "", 0, 0, 0);
    }

    @Override
    public Seen lost(String current) {
        return generation.isEmpty() || generation.equals(current) ? Seen.NOTHING : new Seen(period, said);
    }

    @Override
    public WindowState seen(Limit by, Seen now, String current) {
        if (now.first() > period) {
            return new WindowState(by, now.first(), now.second(), current, 0, 0, 0);
        }
        return now.first() < period || now.second() < said
                ? new WindowState(by, period, said, generation, shared, own, told)
                : new WindowState(by, period, now.second(), current, shared, own, told);
    }

    @Override
    public WindowState lowered(Limit by, Seen now, String current) {
        return now.first() < period
                ? this
                : new WindowState(
                        by,
                        now.first(),
                        now.second(),
                        current,
                        now.first() == period ? Math.min(shared, now.second()) : 0,
                        now.first() == period ? own : 0,
                        now.first() == period ? told : 0);
    }

    @Override
    public Usage usage(Demand demand, long share, long now) {
        WindowState at = at(demand.limit(), now);
        long used = at.usedOf(share);
        boolean admits = used + demand.cost() <= share;
        long reset = calendar(demand.limit()).startMicros(at.period + 1) - now;
        long retry = demand.cost() > share ? Usage.NEVER : reset;
        return new Usage(
                demand.limit(),
                admits,
                Math.min(at.known(), demand.limit().amount()),
                Math.max(0, share - used),
                reset,
                admits ? 0 : retry);
    }

    @Override
    public boolean isUsedUp(Demand demand, long now) {
        return at(demand.limit(), now).known() + demand.cost() > demand.limit().amount();
    }

    @Override
    public WindowState taken(Demand demand, long share, long now, String nonce) {
        WindowState at = at(demand.limit(), now);
        long cost = demand.cost();
        return new WindowState(
                demand.limit(), at.period, at.said, generation, at.usedOf(share) + cost, at.own + cost, at.told);
    }

    @Override
    public Optional<LimitState> returned(Demand demand, long now, Receipt receipt) {
        WindowState at = at(demand.limit(), now);
        if (at.known() == 0
                || receipt.takenAtMicros() < calendar(demand.limit()).startMicros(at.period)) {
            return Optional.empty();
        }
        // What Redis has counted as this replica's is a maximum and cannot be lowered.
        long ofOwn = Math.clamp(at.own - at.told, 0, demand.cost());
        return Optional.of(new WindowState(
                demand.limit(),
                at.period,
                Math.max(0, at.said - (demand.cost() - ofOwn)),
                generation,
                Math.max(0, at.shared - demand.cost()),
                at.own - ofOwn,
                at.told));
    }

    @Override
    public boolean owes() {
        return own > told;
    }

    @Override
    public Bill bill(long now, long number) {
        CalendarPeriod calendar = calendar(limit);
        boolean isOver = calendar.index(now) > period;
        List<Charge> charges = isOver || own <= told
                ? List.of()
                : List.of(Charge.of(
                        "window", period, own, calendar.startMicros(period), calendar.startMicros(period + 1), told));
        return new Bill(this, charges);
    }

    @Override
    public LimitState settled(Bill bill) {
        WindowState billed = (WindowState) bill.state();
        long more = billed.own - told;
        return billed.period == period && more > 0
                // Redis may have said since what it has with them.
                ? new WindowState(
                        limit, period, Math.max(said, billed.said + more), generation, shared, own, billed.own)
                : this;
    }

    /** A period that has begun does not end because a clock was set back. */
    private WindowState at(Limit by, long now) {
        long current = calendar(by).index(now);
        return current > period ? new WindowState(by, current, 0, generation, 0, 0, 0) : this;
    }

    private long known() {
        return said + own - told;
    }

    /** Of what the others have taken, this replica's part counts here. */
    private long usedOf(long share) {
        return Math.max(shared, Math.ceilDiv(known() * share, limit.amount()));
    }

    private static CalendarPeriod calendar(Limit limit) {
        return ((Limit.Kind.Window) limit.kind()).period();
    }
}
