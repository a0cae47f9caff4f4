import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a target is asked, over and over. In path and headers {@code %d} is the number of the request, from 0 on, and
 * {@code %a} an IPv4 address that no other number has.
 *
 * @param body empty for none
 * @param different how many numbers there are, asked for in turn
 * @param status that every answer has to have
 */
record Request(String method, String path, Map<String, String> headers, String body, int different, int status) {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    static Request get(String path, Map<String, String> headers) {
        return new Request("GET", path, headers, "", 1, 200);
    }

    static Request postJson(String path, Map<String, String> headers, String body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new Request("POST", path, all, body, 1, 200);
    }

    Request different(int count) {
        return new Request(method, path, headers, body, count, status);
    }

    Request answered(int expectedStatus) {
        return new Request(method, path, headers, body, different, expectedStatus);
    }

    /** One of them. */
    Request number(int number) {
        Map<String, String> numbered = new LinkedHashMap<>();
        headers.forEach((name, value) -> numbered.put(name, filled(value, number)));
        return new Request(method, filled(path, number), numbered, body, 1, status);
    }

    private static String filled(String text, int number) {
        String address = "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 0xFF, number & 0xFF);
        return text.replace("%d", "" + number).replace("%a", address);
    }

    HttpRequest to(String server) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(LONGEST)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    /** The arguments of {@code wrk.format}. */
    String lua() {
        String fields = headers.entrySet().stream()
                .map(header -> "[ %s ] = %s".formatted(quoted(header.getKey()), quoted(header.getValue())))
                .collect(Collectors.joining(", "));
        return "%s, %s, { %s }, %s"
                .formatted(quoted(method), quoted(path), fields, body.isEmpty() ? "nil" : quoted(body));
    }

    private static String quoted(String text) {
        return "[==[" + text + "]==]";
    }
}
