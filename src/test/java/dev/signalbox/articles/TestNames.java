package dev.signalbox.articles;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A name server that says what a test wants, another thing each time if need be; the last answer stays. */
final class TestNames implements HostResolver {

    private final Map<String, Deque<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

    /** Each answer is a list of addresses with blanks between them. */
    TestNames with(String name, String... inTurn) {
        Deque<List<InetAddress>> turns = new ArrayDeque<>();
        Arrays.stream(inTurn)
                .map(answer ->
                        Arrays.stream(answer.split(" ")).map(TestNames::address).toList())
                .forEach(turns::add);
        answers.put(name, turns);
        return this;
    }

    /** Every look-up so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Uni<List<InetAddress>> resolve(String name) {
        return Uni.createFrom().deferred(() -> {
            asked.add(name);
            Deque<List<InetAddress>> turns = answers.get(name);
            if (turns == null) {
                return Uni.createFrom().failure(new UnknownHostException(name));
            }
            List<InetAddress> answer = turns.size() > 1 ? turns.removeFirst() : turns.getFirst();
            return Uni.createFrom().item(answer);
        });
    }

    static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
