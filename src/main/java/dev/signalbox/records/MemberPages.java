package dev.signalbox.records;

import dev.signalbox.records.RedisRecords.Present;
import dev.signalbox.redis.RedisFailure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Goes through the members of a record, page by page, so that the record may be larger than memory. */
final class MemberPages {

    private static final int PAGE = 500;

    private final RedisRecords shared;
    private final HeldRecords held;
    private final RecordReader reader;

    MemberPages(RedisRecords shared, HeldRecords held, RecordReader reader) {
        this.shared = shared;
        this.held = held;
        this.reader = reader;
    }

    /** The members that are present, the earliest first; fails with a problem once that is not known. */
    Multi<Member> of(RecordKey members) {
        return Uni.createFrom()
                .deferred(() -> reader.isAlone() ? Uni.createFrom().item("") : wholeRun())
                .onItem()
                .transformToMulti(run -> reader.isAlone() ? held(members) : shared(members, run));
    }

    /** Of the server, if it holds everything now; fails with a problem if not. */
    private Uni<String> wholeRun() {
        return reader.run()
                .onFailure(RedisFailure.class)
                .transform(failure -> NotKnown.problem())
                .chain(run -> reader.isWhole().map(whole -> {
                    if (!whole) {
                        throw NotKnown.problem();
                    }
                    return run;
                }));
    }

    private Multi<Member> held(RecordKey members) {
        return held.read(members)
                .onItem()
                .transformToMulti(known -> Multi.createFrom()
                        .iterable(present(known.values().stream().toList())));
    }

    private Multi<Member> shared(RecordKey members, String run) {
        return held.unsent()
                .of(members)
                .onItem()
                .transformToMulti(unsent -> Multi.createBy()
                        .repeating()
                        .uni(() -> new Walk(members, run, unsent), Walk::next)
                        .whilst(page -> !page.isLast)
                        .onItem()
                        .transformToIterable(Page::members));
    }

    private record Page(List<Member> members, boolean isLast) {}

    /** Where one reader is. Used by one subscriber, one page after the other. */
    private final class Walk {

        private final RecordKey record;
        private final String run;
        private final Map<String, Value> unsent;
        private final Set<String> seenOfThatTime = new HashSet<>();
        private long fromMicros;

        Walk(RecordKey record, String run, Map<String, Value> unsent) {
            this.record = record;
            this.run = run;
            this.unsent = new HashMap<>(unsent);
        }

        Uni<Page> next() {
            return shared.presentFrom(record, fromMicros, PAGE + seenOfThatTime.size())
                    .chain(found -> {
                        List<Present> fresh = found.stream()
                                .filter(one -> !seenOfThatTime.contains(one.field()))
                                .toList();
                        if (fresh.isEmpty()) {
                            return wholeRun().map(this::last);
                        }
                        advance(found);
                        List<String> fields = fresh.stream().map(Present::field).toList();
                        return shared.read(record, fields).map(known -> page(fields, known));
                    })
                    .onFailure(RedisFailure.class)
                    .transform(failure -> NotKnown.problem());
        }

        private void advance(List<Present> found) {
            long latest = found.getLast().sinceMicros();
            if (latest > fromMicros) {
                seenOfThatTime.clear();
                fromMicros = latest;
            }
            found.stream()
                    .filter(one -> one.sinceMicros() == latest)
                    .map(Present::field)
                    .forEach(seenOfThatTime::add);
        }

        private Page page(List<String> fields, Map<String, Value> known) {
            List<Value> values = new ArrayList<>();
            for (String field : fields) {
                Value ours = unsent.remove(field);
                Value theirs = known.get(field);
                if (theirs != null) {
                    values.add(ours == null ? theirs : theirs.merge(ours));
                }
            }
            return new Page(present(values), false);
        }

        /** Those that Redis does not know, if the pages before were of one and the same data. */
        private Page last(String runNow) {
            if (!runNow.equals(run)) {
                throw NotKnown.problem();
            }
            return new Page(present(List.copyOf(unsent.values())), true);
        }
    }

    private static List<Member> present(List<Value> values) {
        return values.stream()
                .map(value -> value instanceof Member member && member.isPresent() ? member : null)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(member -> member.since().at()))
                .toList();
    }
}
