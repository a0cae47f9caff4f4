import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;

/**
 * Every answer is a 200 with a body that is known.
 *
 * @param body of each entry, before compression
 * @param gzip whether it has to come compressed
 */
record Expected(IntFunction<byte[]> body, boolean gzip) implements Expectation {

    @Override
    public void check(Target target, boolean warm) throws IOException, InterruptedException {
        for (int entry = 0; entry < target.different(); entry++) {
            HttpResponse<byte[]> answer = target.answer(entry);
            String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
            String source = answer.headers().firstValue("X-Cache").orElse("HIT");
            if (answer.statusCode() != 200
                    || !encoding.equals(gzip ? "gzip" : "identity")
                    || (warm && !source.equals("HIT"))
                    || !Arrays.equals(plain(answer.body()), body.apply(entry))) {
                throw new IllegalStateException("%s, entry %d: not what is expected: %d %s, %s, X-Cache %s, %d bytes"
                        .formatted(
                                target.name(),
                                entry,
                                answer.statusCode(),
                                encoding,
                                answer.headers().firstValue("Content-Type").orElse("no type"),
                                source,
                                answer.body().length));
            }
        }
    }

    private byte[] plain(byte[] received) throws IOException {
        if (!gzip) {
            return received;
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(received))) {
            return unpacked.readAllBytes();
        }
    }
}
