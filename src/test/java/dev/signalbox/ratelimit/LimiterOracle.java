package dev.signalbox.ratelimit;

import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.Claim.Purpose;
import dev.signalbox.ratelimit.Decision.Engine;
import dev.signalbox.ratelimit.Limit.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a limiter should do, as simply as it can be said: a rate is a bucket that leaks, a window is a count, and slots are a
 * list. One thread, no bounds, no Redis.
 */
final class LimiterOracle {

    private final Map<Caller, Map<String, Model>> models = new HashMap<>();
    private final Map<Caller, Set<String>> returned = new HashMap<>();

    /** Decides at a time; what is taken is known by a receipt of the limiter under test. */
    Decision decide(Claim claim, long now, Optional<Receipt> given) {
        List<Model> states = claim.demands().stream()
                .map(demand -> models.computeIfAbsent(claim.caller(), same -> new HashMap<>())
                        .computeIfAbsent(demand.limit().name(), same -> Model.of(demand.limit())))
                .toList();
        states.forEach(state -> state.pass(now));
        boolean done = claim.purpose() instanceof Purpose.Back back && giveBack(claim, states, back.receipt(), now);
        List<Boolean> admits = new ArrayList<>();
        List<Long> retries = new ArrayList<>();
        boolean allowed = true;
        for (int index = 0; index < states.size(); index++) {
            Demand demand = claim.demands().get(index);
            long retry = states.get(index).retry(demand, now);
            admits.add(retry == 0);
            retries.add(demand.cost() > demand.limit().amount() ? Usage.NEVER : retry);
            allowed &= retry == 0 || demand.limit().isShadow();
        }
        if (allowed && claim.purpose() instanceof Purpose.Take) {
            for (int index = 0; index < states.size(); index++) {
                if (admits.get(index)) {
                    states.get(index)
                            .take(
                                    claim.demands().get(index),
                                    now,
                                    given.orElseThrow().nonce());
                }
            }
        }
        List<Usage> usages = new ArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            Limit limit = claim.demands().get(index).limit();
            Model state = states.get(index);
            usages.add(
                    new Usage(limit, admits.get(index), state.remaining(limit), state.reset(now), retries.get(index)));
        }
        if (claim.purpose() instanceof Purpose.Back) {
            return new Decision.Returned(usages, Engine.LOCAL, done);
        }
        return allowed
                ? new Decision.Allowed(usages, Engine.LOCAL, given)
                : new Decision.Denied(usages, Engine.LOCAL, Decision.Denied.Reason.LIMIT);
    }

    private boolean giveBack(Claim claim, List<Model> states, Receipt receipt, long now) {
        Set<String> done = returned.computeIfAbsent(claim.caller(), same -> new HashSet<>());
        boolean isOnce = claim.purpose() instanceof Purpose.Return;
        if (isOnce && done.contains(receipt.nonce())) {
            return false;
        }
        boolean any = false;
        for (int index = 0; index < states.size(); index++) {
            any |= states.get(index).giveBack(claim.demands().get(index), receipt, now);
        }
        if (any && isOnce) {
            done.add(receipt.nonce());
        }
        return any;
    }

    /** One limit of one caller. */
    private interface Model {

        static Model of(Limit limit) {
            return switch (limit.kind()) {
                case Kind.Rate rate ->
                    new Bucket(Math.ceilDiv(Limit.micros(rate.window()), limit.amount()), limit.amount());
                case Kind.Window window -> new Count(window.period());
                case Kind.Concurrency slots -> new Slots(Limit.micros(slots.lease()));
            };
        }

        void pass(long now);

        long retry(Demand demand, long now);

        void take(Demand demand, long now, String nonce);

        boolean giveBack(Demand demand, Receipt receipt, long now);

        long remaining(Limit limit);

        long reset(long now);
    }

    /** Leaks a microsecond in each; a unit fills it by as many as it takes to be replenished. */
    private static final class Bucket implements Model {

        private final long unit;
        private final long size;
        private long level;
        private long at;

        Bucket(long unit, long amount) {
            this.unit = unit;
            this.size = unit * amount;
        }

        @Override
        public void pass(long now) {
            level = Math.max(0, level - (now - at));
            at = now;
        }

        @Override
        public long retry(Demand demand, long now) {
            return Math.max(0, level + demand.cost() * unit - size);
        }

        @Override
        public void take(Demand demand, long now, String nonce) {
            level += demand.cost() * unit;
        }

        @Override
        public boolean giveBack(Demand demand, Receipt receipt, long now) {
            if (level == 0 || now >= receipt.takenAtMicros() + size) {
                return false;
            }
            level = Math.max(0, level - demand.cost() * unit);
            return true;
        }

        @Override
        public long remaining(Limit limit) {
            return (size - level) / unit;
        }

        @Override
        public long reset(long now) {
            return level;
        }
    }

    private static final class Count implements Model {

        private final CalendarPeriod period;
        private long begin;
        private long end;
        private long used;

        Count(CalendarPeriod period) {
            this.period = period;
        }

        @Override
        public void pass(long now) {
            if (now >= end) {
                LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(now / 1_000_000), ZoneOffset.UTC);
                LocalDate first =
                        period == CalendarPeriod.DAY ? day : YearMonth.from(day).atDay(1);
                LocalDate next = period == CalendarPeriod.DAY
                        ? day.plusDays(1)
                        : YearMonth.from(day).plusMonths(1).atDay(1);
                begin = first.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000;
                end = next.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000;
                used = 0;
            }
        }

        @Override
        public long retry(Demand demand, long now) {
            return used + demand.cost() > demand.limit().amount() ? end - now : 0;
        }

        @Override
        public void take(Demand demand, long now, String nonce) {
            used += demand.cost();
        }

        @Override
        public boolean giveBack(Demand demand, Receipt receipt, long now) {
            if (used == 0 || receipt.takenAtMicros() < begin) {
                return false;
            }
            used = Math.max(0, used - demand.cost());
            return true;
        }

        @Override
        public long remaining(Limit limit) {
            return Math.max(0, limit.amount() - used);
        }

        @Override
        public long reset(long now) {
            return end - now;
        }
    }

    private static final class Slots implements Model {

        private final long lease;
        private final List<Slot> slots = new ArrayList<>();

        Slots(long lease) {
            this.lease = lease;
        }

        private record Slot(String nonce, long expiry) {}

        @Override
        public void pass(long now) {
            slots.removeIf(slot -> slot.expiry <= now);
        }

        @Override
        public long retry(Demand demand, long now) {
            long over = slots.size() + demand.cost() - demand.limit().amount();
            if (over <= 0) {
                return 0;
            }
            List<Long> expiries = slots.stream().map(Slot::expiry).sorted().toList();
            return demand.cost() > demand.limit().amount() ? lease : expiries.get((int) over - 1) - now;
        }

        @Override
        public void take(Demand demand, long now, String nonce) {
            for (int unit = 0; unit < demand.cost(); unit++) {
                slots.add(new Slot(nonce, now + lease));
            }
        }

        @Override
        public boolean giveBack(Demand demand, Receipt receipt, long now) {
            return slots.removeIf(slot -> slot.nonce.equals(receipt.nonce()));
        }

        @Override
        public long remaining(Limit limit) {
            return Math.max(0, limit.amount() - slots.size());
        }

        @Override
        public long reset(long now) {
            return slots.stream()
                            .map(Slot::expiry)
                            .max(Comparator.naturalOrder())
                            .orElse(now)
                    - now;
        }
    }
}
