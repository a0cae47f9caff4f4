package dev.signalbox.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.signalbox.http.Representation;
import dev.signalbox.redis.StreamId;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final long NO_LIMIT = Integer.MAX_VALUE;
    private static final int LONGEST_STRING = 65_535;
    private static final int KILOBYTE = 1024;

    // ---- what is written is read ----

    @Property(tries = 500)
    void everyEntryComesBackAsItWas(@ForAll("entries") Entry entry) {
        Optional<Entry> decoded = EntryCodec.decode(EntryCodec.encode(entry), NO_LIMIT);

        assertThat(decoded).isPresent();
        assertSame(decoded.orElseThrow(), entry);
    }

    @Test
    void largeEntryComesBackAsItWas() {
        byte[] body = new byte[9_000_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ((i * 31) >>> 3);
        }
        for (Representation answer : List.of(Bodies.plain(body), Bodies.compressed(body))) {
            Entry entry = entry(answer);

            assertSame(EntryCodec.decode(EntryCodec.encode(entry), body.length).orElseThrow(), entry);
        }
    }

    @Test
    void compressedEntryTravelsInItsCompressedBodyAlone() {
        Representation answer = Bodies.compressed(new byte[100 * KILOBYTE]);

        assertThat(EntryCodec.encode(entry(answer))).hasSizeLessThan(KILOBYTE);
    }

    @Test
    void timesAreKeptToTheMillisecondAndNeverLater() {
        Instant now = Instant.parse("2026-03-01T00:00:00.123999Z");
        Entry entry = new Entry("g", StreamId.ZERO, "", List.of(), now, now, now, Bodies.text("x"));

        Entry decoded = EntryCodec.decode(EntryCodec.encode(entry), NO_LIMIT).orElseThrow();

        assertThat(decoded.freshUntil()).isEqualTo(Instant.parse("2026-03-01T00:00:00.123Z"));
    }

    // ---- what it cannot hold ----

    @Test
    void stringsUpToTheLongestComeBackAsTheyWere() {
        String longest = "ü".repeat(LONGEST_STRING / 2) + "u";
        Entry entry = entry(new Representation(200, longest, longest, new byte[0], null), longest, List.of(longest));

        assertSame(EntryCodec.decode(EntryCodec.encode(entry), NO_LIMIT).orElseThrow(), entry);
    }

    @Test
    void stringThatIsTooLongIsRefusedAndNotCut() {
        String tooLong = "x".repeat(LONGEST_STRING + 1);
        byte[] none = new byte[0];

        assertRefused(entry(Bodies.text("x"), tooLong, List.of()));
        assertRefused(entry(Bodies.text("x"), "g", List.of("fits", tooLong)));
        assertRefused(entry(new Representation(200, tooLong, "e", none, null)));
        assertRefused(entry(new Representation(200, "t", tooLong, none, null)));
        assertRefused(entry(new Representation(200, "t", "ü".repeat(LONGEST_STRING / 2 + 1), none, null)));
    }

    @Test
    void tooManyTagsAreRefusedAndNotCut() {
        List<String> tags = Collections.nCopies(LONGEST_STRING + 1, "t");

        assertRefused(entry(Bodies.text("x"), "g", tags));
    }

    @Test
    void statusThatIsNoneIsRefusedAndNotCut() {
        assertRefused(entry(new Representation(65_736, "t", "e", new byte[0], null)));
    }

    // ---- what is damaged or foreign ----

    @Property(tries = 50)
    void entryWithAnyOneByteChangedIsAMiss(
            @ForAll("entries") Entry entry, @ForAll @IntRange(min = 1, max = 255) int by) {
        byte[] bytes = EntryCodec.encode(entry);

        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= (byte) by;
            assertThat(EntryCodec.decode(bytes, NO_LIMIT)).as("byte %s", at).isEmpty();
            bytes[at] ^= (byte) by;
        }
    }

    @Property(tries = 50)
    void entryCutShortAnywhereIsAMiss(@ForAll("entries") Entry entry) {
        byte[] bytes = EntryCodec.encode(entry);

        for (int length = 0; length < bytes.length; length++) {
            assertThat(EntryCodec.decode(Arrays.copyOf(bytes, length), NO_LIMIT))
                    .as("%s of %s bytes", length, bytes.length)
                    .isEmpty();
        }
    }

    @Property(tries = 200)
    void entryWithMoreBehindItIsAMiss(@ForAll("entries") Entry entry, @ForAll byte more) {
        byte[] bytes = EntryCodec.encode(entry);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = more;

        assertThat(EntryCodec.decode(longer, NO_LIMIT)).isEmpty();
    }

    @Property(tries = 300)
    void anyOtherSchemaIsAMiss(@ForAll("entries") Entry entry, @ForAll byte schema) {
        byte[] bytes = EntryCodec.encode(entry);
        bytes[0] = schema;

        assertThat(EntryCodec.decode(signed(bytes), NO_LIMIT).isPresent()).isEqualTo(schema == EntryCodec.SCHEMA);
    }

    @Property(tries = 1_000)
    void bytesOfAnotherOriginAreReadWithoutHarm(@ForAll byte[] bytes) {
        assertThat(EntryCodec.decode(bytes, NO_LIMIT)).isEmpty();
    }

    /** As if somebody else had written it with a valid checksum: every field may lie. */
    @Property(tries = 1_000)
    void wellSignedNonsenseIsReadWithoutHarm(
            @ForAll("entries") Entry entry,
            @ForAll @IntRange(min = 1, max = 120) int at,
            @ForAll @IntRange(min = -128, max = 127) int value) {
        byte[] bytes = EntryCodec.encode(entry);
        bytes[at % (bytes.length - Integer.BYTES)] = (byte) value;
        byte[] signed = signed(bytes);

        long allocated = allocatedBy(() -> EntryCodec.decode(signed, NO_LIMIT));

        assertThat(allocated).isLessThan(20L * bytes.length + 300L * KILOBYTE);
    }

    @Test
    void positionThatIsNoneIsAMiss() {
        byte[] bytes = EntryCodec.encode(entry(Bodies.text("x")));
        byte[] position = "7-3".getBytes(StandardCharsets.UTF_8);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(position, StandardCharsets.UTF_8));
        bytes[at + 1] = '+';

        assertThat(EntryCodec.decode(signed(bytes), NO_LIMIT)).isEmpty();
    }

    @Test
    void bodyThatIsNotAsLongAsItClaimsIsAMiss() {
        byte[] body = new byte[1_000];
        for (Representation answer : List.of(Bodies.plain(body), Bodies.compressed(body))) {
            for (int claimed : new int[] {0, 1, 999, 1_001, 100_000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                byte[] bytes = EntryCodec.encode(entry(answer));
                ByteBuffer.wrap(bytes).putInt(2, claimed);

                assertThat(EntryCodec.decode(signed(bytes), NO_LIMIT))
                        .as("%s bytes claimed", claimed)
                        .isEmpty();
            }
        }
    }

    @Test
    void unknownEncodingIsAMiss() {
        for (int encoding = 2; encoding < 256; encoding++) {
            byte[] bytes = EntryCodec.encode(entry(Bodies.text("body")));
            bytes[1] = (byte) encoding;

            assertThat(EntryCodec.decode(signed(bytes), NO_LIMIT)).isEmpty();
        }
    }

    @Test
    void bodyOverTheLimitIsAMiss() {
        for (Representation answer : List.of(Bodies.plain(new byte[1_000]), Bodies.compressed(new byte[1_000]))) {
            byte[] bytes = EntryCodec.encode(entry(answer));

            assertThat(EntryCodec.decode(bytes, 1_000)).isPresent();
            assertThat(EntryCodec.decode(bytes, 999)).isEmpty();
        }
    }

    @Test
    void compressedBodyThatUnpacksToMoreThanItClaimsIsNotUnpackedWhole() {
        byte[] bytes = EntryCodec.encode(entry(Bodies.compressed(new byte[50_000_000])));
        ByteBuffer.wrap(bytes).putInt(2, 1_000);
        byte[] bomb = signed(bytes);

        long allocated = allocatedBy(() -> EntryCodec.decode(bomb, NO_LIMIT));

        assertThat(EntryCodec.decode(bomb, NO_LIMIT)).isEmpty();
        assertThat(allocated).isLessThan(2L * bytes.length + 300L * KILOBYTE);
    }

    @Test
    void decodedBytesAreTheLargerOfWhatItIsAndWhatItClaims() {
        byte[] plain = EntryCodec.encode(entry(Bodies.plain(new byte[1_000])));
        byte[] packed = EntryCodec.encode(entry(Bodies.compressed(new byte[100_000])));

        assertThat(EntryCodec.decodedBytes(plain)).isEqualTo(plain.length);
        assertThat(EntryCodec.decodedBytes(packed)).isEqualTo(100_000);
        assertThat(EntryCodec.decodedBytes(new byte[0])).isZero();
        assertThat(EntryCodec.decodedBytes(new byte[5])).isEqualTo(5);
    }

    // ---- entries ----

    @Provide
    Arbitrary<Entry> entries() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange(' ', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(20)
                .map(plain -> plain.length() % 5 == 4 ? plain + "\ud83d\ude82" : plain);
        Arbitrary<byte[]> body =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(300);
        Arbitrary<Instant> time = Arbitraries.longs()
                .between(-1_000_000_000_000L, 100_000_000_000_000L)
                .map(Instant::ofEpochMilli);
        Arbitrary<Representation> answer = Combinators.combine(
                        Arbitraries.integers().between(100, 999), text, text, body, Arbitraries.of(true, false))
                .as((status, type, etag, bytes, gzip) ->
                        new Representation(status, type, etag, bytes, gzip ? Bodies.gzip(bytes) : null));
        Arbitrary<StreamId> position = Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs().greaterOrEqual(0))
                .as(StreamId::new);
        return Combinators.combine(text, position, text, text.list().ofMaxSize(4), time, time, time, answer)
                .as(Entry::new);
    }

    private static Entry entry(Representation answer) {
        return entry(answer, "generation", List.of("tag"));
    }

    private static Entry entry(Representation answer, String generation, List<String> tags) {
        Instant now = Instant.ofEpochMilli(1_772_000_000_000L);
        return new Entry(
                generation, new StreamId(7, 3), "version", tags, now, now.plusSeconds(1), now.plusSeconds(2), answer);
    }

    private static void assertSame(Entry decoded, Entry entry) {
        Representation got = decoded.representation();
        Representation put = entry.representation();
        assertThat(List.of(decoded.generation(), decoded.position(), decoded.version(), decoded.tags()))
                .isEqualTo(List.of(entry.generation(), entry.position(), entry.version(), entry.tags()));
        assertThat(List.of(decoded.storedAt(), decoded.freshUntil(), decoded.staleUntil()))
                .isEqualTo(List.of(entry.storedAt(), entry.freshUntil(), entry.staleUntil()));
        assertThat(List.of(got.status(), got.contentType(), got.etag()))
                .isEqualTo(List.of(put.status(), put.contentType(), put.etag()));
        assertThat(got.identity()).isEqualTo(put.identity());
        assertThat(got.gzip()).isEqualTo(put.gzip());
    }

    private static void assertRefused(Entry entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            var _ = EntryCodec.encode(entry);
        });
    }

    private static byte[] signed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - Integer.BYTES);
        byte[] signed = bytes.clone();
        ByteBuffer.wrap(signed).putInt(bytes.length - Integer.BYTES, (int) crc.getValue());
        return signed;
    }

    private static long allocatedBy(Supplier<Optional<Entry>> decoding) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<Entry> ignored = decoding.get();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(ignored).isNotNull();
        return allocated;
    }
}
