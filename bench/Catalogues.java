import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Model lists, written to the byte as Signalbox answers them, so that whoever passes them on answers the same. */
final class Catalogues {

    private static final Pattern MODEL = Pattern.compile("\\{\"id\":");

    private static final int GENERATED_MODELS = 717;

    private Catalogues() {}

    /** About 1 KB, and another for each gateway. */
    static byte[] small(String gateway) {
        String models = IntStream.rangeClosed(1, 6)
                .mapToObj(number ->
                        """
                        {"id":"%s/model-%d","name":"Bench model %2$d","created":1760000000,"context_length":128000,\
                        "pricing":{"prompt":"0.00000015","completion":"0.0000006"}}"""
                                .formatted(gateway, number))
                .collect(Collectors.joining(","));
        return answer(models);
    }

    /** The models of a file {@code {"data":[{"id":…},…]}}; generated ones of the same size if it is not there. */
    static byte[] large(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return answer(generated());
        }
        String document = Files.readString(file);
        return answer(document.substring(document.indexOf('[') + 1, document.lastIndexOf(']')));
    }

    private static byte[] answer(String models) {
        long count = MODEL.matcher(models).results().count();
        return ("{\"object\":\"list\",\"data\":[" + models
                        + "],\"total\":%d,\"returned\":%1$d,\"offset\":0,\"limit\":%1$d,\"has_more\":false}"
                                .formatted(count))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** 265 KB that gzip makes 20 KB of, as it does of a real list, where the same models are offered many times. */
    private static String generated() {
        Random random = new Random(1);
        return IntStream.range(0, GENERATED_MODELS)
                .mapToObj(number -> model(number, new Random(random.nextInt(370)), random))
                .collect(Collectors.joining(","));
    }

    /** @param one always the same for the same model */
    private static String model(int number, Random one, Random offer) {
        String name = Long.toString(one.nextLong() >>> 24, 36);
        String date = "202%d-%02d-%02d".formatted(one.nextInt(3, 6), one.nextInt(1, 13), one.nextInt(1, 29));
        return """
                {"id":"vendor-%d/%s","name":"Model %2$s","attachment":%b,"reasoning":%b,"temperature":true,\
                "tool_call":%b,"knowledge":"%.7s","release_date":"%<s","last_updated":"%<s",\
                "modalities":{"input":["text"],"output":["text"]},"open_weights":%b,\
                "cost":{"input":%d,"output":%d},"limit":{"context":%d,"output":%d},"provider":"gateway-%d"}"""
                .formatted(
                        one.nextInt(20),
                        name,
                        one.nextBoolean(),
                        one.nextBoolean(),
                        one.nextBoolean(),
                        date,
                        one.nextBoolean(),
                        one.nextInt(1, 10),
                        offer.nextInt(1, 40),
                        1024 << one.nextInt(8, 11),
                        1024 << one.nextInt(2, 6),
                        number / 12);
    }
}
