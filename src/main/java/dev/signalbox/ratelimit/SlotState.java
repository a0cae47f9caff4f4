package dev.signalbox.ratelimit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The slots that this replica has given away, with and without Redis.
 *
 * @param expiries when each slot is taken to be free, by its name
 * @param freed the same of slots that were given back, and Redis has not been told
 */
record SlotState(Limit limit, Map<String, Long> expiries, Map<String, Long> freed) implements LimitState {

    SlotState {
        expiries = Map.copyOf(expiries);
        freed = Map.copyOf(freed);
    }

    static SlotState unknown(Limit limit) {
        return new SlotState(limit, Map.of(), Map.of());
    }

    /** The slots of others are not carried over: they will be let go without us. */
    @Override
    public Seen lost(String generation) {
        return Seen.NOTHING;
    }

    @Override
    public SlotState seen(Limit by, Seen said, String generation) {
        return new SlotState(by, expiries, freed);
    }

    @Override
    public SlotState lowered(Limit by, Seen said, String generation) {
        return seen(by, said, generation);
    }

    @Override
    public Usage usage(Demand demand, long share, long now) {
        List<Long> live = live(expiries, now).values().stream().sorted().toList();
        long over = live.size() + demand.cost() - share;
        long reset = live.isEmpty() ? 0 : live.getLast() - now;
        return new Usage(
                demand.limit(),
                over <= 0,
                Math.min(live.size(), demand.limit().amount()),
                Math.max(0, share - live.size()),
                reset,
                over <= 0 ? 0 : retry(live, over, demand.cost() > share, now));
    }

    private static long retry(List<Long> live, long over, boolean isTooMuch, long now) {
        return isTooMuch ? Usage.NEVER : live.get((int) over - 1) - now;
    }

    @Override
    public boolean isUsedUp(Demand demand, long now) {
        return live(expiries, now).size() + demand.cost() > demand.limit().amount();
    }

    @Override
    public SlotState taken(Demand demand, long share, long now, String nonce) {
        long lease = Limit.micros(((Limit.Kind.Concurrency) demand.limit().kind()).lease());
        Map<String, Long> more = live(expiries, now);
        names(demand, nonce).forEach(name -> more.put(name, now + lease));
        return new SlotState(demand.limit(), more, freed);
    }

    @Override
    public Optional<LimitState> returned(Demand demand, long now, Receipt receipt) {
        Map<String, Long> rest = live(expiries, now);
        Map<String, Long> untold = live(freed, now);
        for (String name : names(demand, receipt.nonce())) {
            Long expiry = rest.remove(name);
            if (expiry != null) {
                untold.put(name, expiry);
            }
        }
        boolean isFreed = rest.size() < live(expiries, now).size();
        return isFreed ? Optional.of(new SlotState(demand.limit(), rest, untold)) : Optional.empty();
    }

    /** The same after Redis was told that slots are free, whether it knew them or not. */
    SlotState told(Demand demand, long now, Receipt receipt) {
        Map<String, Long> rest = live(expiries, now);
        rest.keySet().removeAll(names(demand, receipt.nonce()));
        return new SlotState(demand.limit(), rest, freed);
    }

    @Override
    public boolean owes() {
        return !expiries.isEmpty() || !freed.isEmpty();
    }

    /** All of them: that a slot is held, or free, may be said again. */
    @Override
    public Bill bill(long now, long number) {
        Map<String, Long> held = live(expiries, now);
        Map<String, Long> untold = live(freed, now);
        List<Charge> charges = Stream.concat(
                        held.entrySet().stream().map(slot -> charge(slot.getKey(), slot.getValue())),
                        untold.keySet().stream().map(slot -> charge(slot, 0)))
                .toList();
        return new Bill(new SlotState(limit, held, untold), charges);
    }

    @Override
    public Optional<Bill> correction(long now) {
        Map<String, Long> untold = live(freed, now);
        List<Charge> charges =
                untold.keySet().stream().map(slot -> charge(slot, 0)).toList();
        return charges.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bill(new SlotState(limit, Map.of(), untold), charges));
    }

    private static Charge charge(String slot, long expiry) {
        return Charge.of("slots", expiry, slot, 0, 0, 0);
    }

    @Override
    public SlotState settled(Bill bill) {
        SlotState told = (SlotState) bill.state();
        Map<String, Long> rest = new HashMap<>(freed);
        rest.keySet().removeAll(told.freed.keySet());
        // Given back while it was said to be held: which of the two came last, nobody knows.
        told.expiries.forEach((slot, expiry) -> {
            if (!expiries.containsKey(slot)) {
                rest.put(slot, expiry);
            }
        });
        return new SlotState(limit, expiries, rest);
    }

    private static Map<String, Long> live(Map<String, Long> slots, long now) {
        Map<String, Long> live = new HashMap<>(slots);
        live.values().removeIf(expiry -> expiry <= now);
        return live;
    }

    /** As {@code decide.lua} calls them. */
    private static Set<String> names(Demand demand, String nonce) {
        return LongStream.rangeClosed(1, demand.cost())
                .mapToObj(index -> nonce + ':' + index)
                .collect(Collectors.toSet());
    }
}
