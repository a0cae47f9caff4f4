package dev.signalbox.ratelimit;

import dev.signalbox.disk.DiskFault;
import dev.signalbox.disk.DiskFull;
import dev.signalbox.disk.Shelf;
import dev.signalbox.http.Caller;
import dev.signalbox.ratelimit.LimitState.Charge;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What a process that ends during an outage has allowed, on disk for whoever takes its place. A charge keeps the epoch and the
 * number under which Redis may have heard of it already.
 */
final class KeptBills {

    static final String SHELF = "bills";

    private static final Logger LOG = Logger.getLogger(KeptBills.class);
    private static final int PAGE = 500;
    private static final String FIELDS = "\t";
    private static final String LINES = "\n";
    private static final int NUMBERS = 5;

    private final Shelf shelf;

    KeptBills(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * A charge of one limit.
     *
     * @param limit by {@link Limit#stateName()}
     */
    record Item(String limit, Charge charge) {

        private String text() {
            return limit + FIELDS + charge.kind() + FIELDS + String.join(FIELDS, charge.numbers());
        }

        private static Item parse(String line) {
            String[] fields = line.split(FIELDS, -1);
            Charge charge = new Charge(fields[1], List.of(fields).subList(2, 2 + NUMBERS));
            // Fails now, where it is expected to, if its numbers are none.
            var _ = charge.replenishedFor(0);
            return new Item(fields[0], charge);
        }
    }

    /**
     * What one process has allowed one caller.
     *
     * @param epoch of the process
     * @param writtenMicros when the charges were true
     */
    record Kept(Caller caller, String epoch, long writtenMicros, List<Item> items) {

        /** What of it has not been replenished since; by the whole rate, so never more than that. */
        List<Item> unreplenished(long nowMicros) {
            return items.stream()
                    .map(item -> new Item(item.limit, item.charge.replenishedFor(nowMicros - writtenMicros)))
                    .toList();
        }

        String key() {
            return caller.id() + '/' + epoch;
        }

        private byte[] bytes() {
            StringBuilder text = new StringBuilder(Long.toString(writtenMicros));
            items.forEach(item -> text.append(LINES).append(item.text()));
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        /** Empty for what another version may have written. */
        private static Optional<Kept> parse(String key, byte[] bytes) {
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split(LINES, -1);
            int slash = key.indexOf('/');
            try {
                return Optional.of(new Kept(
                        new Caller(key.substring(0, slash)),
                        key.substring(slash + 1),
                        Long.parseLong(lines[0]),
                        Arrays.stream(lines).skip(1).map(Item::parse).toList()));
            } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException foreign) {
                return Optional.empty();
            }
        }
    }

    /**
     * Some of what is kept.
     *
     * @param last key that was read; empty behind all of them
     */
    record Page(List<Kept> bills, String last) {

        boolean isPastTheEnd() {
            return last.isEmpty();
        }
    }

    /** Of two texts under one key, which are written once, either. */
    static byte[] either(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) >= 0 ? one : other;
    }

    /** Whether nobody has left anything. */
    boolean areNone() {
        return shelf.isKnownEmpty();
    }

    /** Keeps what could not be settled. What the disk does not take is lost, which is logged. */
    Uni<Void> keep(List<Kept> bills) {
        return shelf.put(texts(bills))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof DiskFull || failure instanceof DiskFault)
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "[Limits] What %s callers were allowed in the outage is not charged: %s",
                            bills.size(), failure.getMessage());
                    return null;
                });
    }

    /**
     * Some of those that are kept, in the order of their keys. What cannot be read is thrown away, which is logged: it would be
     * in the way of the others for ever.
     *
     * @param after key of the last one that was read; empty to begin
     */
    Uni<Page> next(String after) {
        return shelf.next(after, PAGE).chain(found -> {
            List<Kept> bills = new ArrayList<>();
            Map<String, byte[]> unreadable = new HashMap<>();
            found.forEach((key, bytes) ->
                    Kept.parse(key, bytes).ifPresentOrElse(bills::add, () -> unreadable.put(key, bytes)));
            Page page = new Page(bills, found.isEmpty() ? "" : found.lastKey());
            if (unreadable.isEmpty()) {
                return Uni.createFrom().item(page);
            }
            LOG.errorf(
                    "[Limits] What %s callers were allowed in an outage is not charged: what was left of it cannot be read",
                    unreadable.size());
            return shelf.remove(unreadable).replaceWith(page);
        });
    }

    /** Redis has them, or never will. */
    Uni<Void> forget(List<Kept> bills) {
        return bills.isEmpty() ? Uni.createFrom().voidItem() : shelf.remove(texts(bills));
    }

    private static Map<String, byte[]> texts(List<Kept> bills) {
        return bills.stream().collect(Collectors.toMap(Kept::key, Kept::bytes));
    }
}
