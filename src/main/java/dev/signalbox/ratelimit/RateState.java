package dev.signalbox.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rate as this replica knows it.
 *
 * @param said what Redis said, and the generation of its data then
 * @param knownTat by the whole amount: what Redis said, and what was taken here since
 * @param sharedTat by this replica's share: what decides here
 * @param owed taken here and not told to Redis, by the share
 * @param told earlier ones, of which it is not known whether Redis heard
 */
record RateState(Limit limit, Said said, long knownTat, long sharedTat, Debt owed, List<Debt> told)
        implements LimitState {

    RateState {
        told = List.copyOf(told);
    }

    /** A TAT, and whose data it was. */
    record Said(long tat, String generation) {}

    /**
     * Units that one replica gave away.
     *
     * @param number of the settlement that tells of it
     * @param tat by which they have been replenished
     * @param intervalMicros time in which one is
     */
    record Debt(long number, long tat, long intervalMicros) {

        static final Debt NONE = new Debt(0, 0, 1);

        long units(long now) {
            return Math.max(0, Math.ceilDiv(tat - now, intervalMicros));
        }
    }

    static RateState unknown(Limit limit) {
        return new RateState(limit, new Said(0, ""), 0, 0, Debt.NONE, List.of());
    }

    @Override
    public Seen lost(String generation) {
        return said.generation.isEmpty() || said.generation.equals(generation) ? Seen.NOTHING : new Seen(said.tat, 0);
    }

    @Override
    public RateState seen(Limit by, Seen now, String generation) {
        Said later = now.first() < said.tat ? said : new Said(now.first(), generation);
        return new RateState(by, later, Math.max(knownTat, later.tat), sharedTat, owed, told);
    }

    @Override
    public RateState lowered(Limit by, Seen now, String generation) {
        long less = Math.max(0, knownTat - now.first());
        return new RateState(
                by, new Said(now.first(), generation), now.first(), Math.max(0, sharedTat - less), owed, told);
    }

    @Override
    public Usage usage(Demand demand, long share, long now) {
        long used = whole(demand.limit()).used(knownTat, now);
        return gcra(demand.limit(), share).usage(demand, used, decidingTat(), now);
    }

    @Override
    public boolean isUsedUp(Demand demand, long now) {
        return !whole(demand.limit()).admits(knownTat, demand.cost(), now);
    }

    @Override
    public RateState taken(Demand demand, long share, long now, String nonce) {
        Limit by = demand.limit();
        Gcra part = gcra(by, share);
        return new RateState(
                by,
                said,
                whole(by).after(knownTat, demand.cost(), now),
                part.after(decidingTat(), demand.cost(), now),
                new Debt(0, part.after(owed.tat, demand.cost(), now), part.intervalMicros()),
                told);
    }

    @Override
    public Optional<LimitState> returned(Demand demand, long now, Receipt receipt) {
        Gcra whole = whole(demand.limit());
        if (knownTat <= now || now >= receipt.takenAtMicros() + whole.spanMicros()) {
            return Optional.empty();
        }
        long cost = Math.min(demand.cost(), whole.amount());
        long part = cost * owed.intervalMicros;
        return Optional.of(new RateState(
                demand.limit(),
                said,
                Math.max(now, knownTat - cost * whole.intervalMicros()),
                Math.max(now, sharedTat - part),
                new Debt(0, owed.tat - part, owed.intervalMicros),
                told));
    }

    @Override
    public boolean owes() {
        return !told.isEmpty() || !owed.equals(Debt.NONE);
    }

    @Override
    public Bill bill(long now, long number) {
        List<Debt> debts = new ArrayList<>(told);
        debts.removeIf(debt -> debt.units(now) == 0);
        if (owed.units(now) > 0) {
            debts.add(new Debt(number, owed.tat, owed.intervalMicros));
        }
        long interval = whole(limit).intervalMicros();
        List<Charge> charges = debts.stream()
                .map(debt -> Charge.of(Charge.RATE, debt.number, limit.amount(), interval, debt.units(now), 0))
                .toList();
        return new Bill(new RateState(limit, said, knownTat, sharedTat, Debt.NONE, debts), charges);
    }

    @Override
    public RateState settled(Bill bill) {
        List<Debt> paid = ((RateState) bill.state()).told;
        List<Debt> rest = told.stream().filter(debt -> !paid.contains(debt)).toList();
        // From then on Redis has said what is known here, so that data which it loses is told with what was taken in
        // the outage.
        boolean isPaid = rest.isEmpty() && owed.equals(Debt.NONE);
        Said all = isPaid ? new Said(Math.max(said.tat, knownTat), said.generation) : said;
        return new RateState(limit, all, knownTat, sharedTat, owed, rest);
    }

    private long decidingTat() {
        return Math.max(sharedTat, knownTat);
    }

    private static Gcra whole(Limit limit) {
        return gcra(limit, limit.amount());
    }

    private static Gcra gcra(Limit limit, long amount) {
        return Gcra.of(amount, ((Limit.Kind.Rate) limit.kind()).window());
    }
}
