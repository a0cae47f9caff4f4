package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {

    private static final ClientAddress PEER = address("10.0.0.9");

    @ParameterizedTest
    @CsvSource({
        // No proxy: what the header says was said by the client.
        "0, 192.0.2.1, 10.0.0.9",
        // One: its entry is the right-most.
        "1, 192.0.2.1, 192.0.2.1",
        "1, '6.6.6.6, 192.0.2.1', 192.0.2.1",
        "1, '6.6.6.6,192.0.2.1', 192.0.2.1",
        "1, '192.0.2.1:49152', 192.0.2.1",
        "1, '[2001:db8::7]:49152', 2001:db8::/64",
        "1, '::ffff:192.0.2.1', 192.0.2.1",
        // Two: the right-most is the inner proxy's, and says where the outer one is.
        "2, '192.0.2.1, 10.0.0.1', 192.0.2.1",
        "2, '6.6.6.6, 7.7.7.7, 192.0.2.1, 10.0.0.1', 192.0.2.1",
        // Fewer entries than proxies: the left-most.
        "3, '192.0.2.1, 10.0.0.1', 192.0.2.1",
        "100, 192.0.2.1, 192.0.2.1",
        // What is no address: the nearest one to its right, never to its left.
        "2, '6.6.6.6, unknown, 10.0.0.1', 10.0.0.1",
        "2, '6.6.6.6, , 10.0.0.1', 10.0.0.1",
        "2, '6.6.6.6,,10.0.0.1', 10.0.0.1",
        "3, '6.6.6.6, unknown, unknown, 10.0.0.1', 10.0.0.1",
        "3, '192.0.2.1, unknown, 10.0.0.1', 192.0.2.1",
        "1, '6.6.6.6, unknown', 10.0.0.9",
        "1, '6.6.6.6, fe80::1%eth0', 10.0.0.9",
        "1, '6.6.6.6,', 10.0.0.9",
        "2, ',192.0.2.1', 192.0.2.1",
        "2, ',', 10.0.0.9",
        "1, '', 10.0.0.9"
    })
    void theClientIsFoundFromTheRight(int hops, String header, String client) {
        assertThat(ClientAddresses.find(hops, List.of(header), PEER)).hasToString(client);
    }

    @Test
    void withoutTheHeaderItIsThePeer() {
        assertThat(ClientAddresses.find(2, List.of(), PEER)).isEqualTo(PEER);
    }

    @Test
    void severalLinesAreOneList() {
        List<String> lines = List.of("6.6.6.6", "7.7.7.7, 192.0.2.1", "10.0.0.1");

        assertThat(ClientAddresses.find(1, lines, PEER)).hasToString("10.0.0.1");
        assertThat(ClientAddresses.find(2, lines, PEER)).hasToString("192.0.2.1");
        assertThat(ClientAddresses.find(3, lines, PEER)).hasToString("7.7.7.7");
    }

    @Property
    void whatAClientForgesChangesNothing(
            @ForAll @Size(max = 4) List<@CharRange(from = ' ', to = '~') String> forged,
            @ForAll @Size(max = 4) List<Boolean> readable) {
        List<String> byProxies = new ArrayList<>();
        byProxies.add("192.0.2.1");
        readable.forEach(isAddress -> byProxies.add(isAddress ? "10.0.0.1" : "unknown"));
        List<String> sent = new ArrayList<>(forged);
        sent.addAll(byProxies);

        assertThat(ClientAddresses.find(byProxies.size(), sent, PEER)).hasToString("192.0.2.1");
    }

    private static ClientAddress address(String text) {
        return ClientAddress.parse(text).orElseThrow();
    }
}
