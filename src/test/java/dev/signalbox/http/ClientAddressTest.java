package dev.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "' 192.0.2.1\t', 192.0.2.1",
        "192.0.2.1:0, 192.0.2.1",
        "192.0.2.1:65535, 192.0.2.1",
        "192.000.002.001, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "0.0.0.0, 0.0.0.0",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:1:2::, 2001:db8:1:2::/64",
        "2001:0db8:0001:0002:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
        "[2001:db8:1:2::7], 2001:db8:1:2::/64",
        "[2001:db8:1:2::7]:443, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8::/64",
        "2001:0:0:1::1, 2001:0:0:1::/64",
        "::1, ::/64",
        "fe80::1, fe80::/64",
        "64:ff9b::192.0.2.1, 64:ff9b::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "0:0:0:0:0:ffff:c000:0201, 192.0.2.1",
        "[::ffff:192.0.2.1]:49152, 192.0.2.1"
    })
    void anAddressHasOneTextHoweverItWasWritten(String written, String text) {
        assertThat(ClientAddress.parse(written).map(ClientAddress::text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "_hidden",
                "localhost",
                "client.example",
                "client.example:80",
                "192.0.2",
                "192.0.513",
                "3221225985",
                "0xC0000201",
                "192.0.2.256",
                "192.0.2.1.",
                "192.0.2.-1",
                "192.0.2.1/24",
                "192.0.2.1:",
                "192.0.2.1:http",
                "192.0.2.1:123456",
                "192.0.2.1:-1",
                "192.0.2.1 192.0.2.2",
                "[192.0.2.1]",
                "::ffff:192.0.2.256",
                "2001:db8::1::2",
                "2001:db8:1:2:3:4:5",
                "2001:db8:1:2:3:4:5:6:7",
                "2001:db8::12345",
                "2001:db8::g",
                "2001:db8::/64",
                "fe80::1%eth0",
                "fe80::1%1",
                "[fe80::1%eth0]:80",
                "[2001:db8::1",
                "2001:db8::1]",
                "[[2001:db8::1]]",
                "[2001:db8::1]80",
                "[2001:db8::1]:",
                "[2001:db8::1]:x",
                "[]",
                "]",
                "[",
                ":",
                ":::",
                "for=192.0.2.1",
                "\"192.0.2.1\"",
                "١٩٢.0.2.1"
            })
    void whatIsNoAddressIsNone(String written) {
        assertThat(ClientAddress.parse(written)).isEmpty();
    }

    @Property
    void neighboursOfANetworkAreOneClient(@ForAll long network, @ForAll long one, @ForAll long other) {
        // The first bit is set, so the network is not the one that holds IPv4 addresses.
        assertThat(ClientAddress.parse(ipv6(network | Long.MIN_VALUE, one)))
                .isPresent()
                .isEqualTo(ClientAddress.parse(ipv6(network | Long.MIN_VALUE, other)));
    }

    @Property
    void clientsDifferInTheirText(@ForAll boolean ipv6, @ForAll int one, @ForAll int other) {
        ClientAddress first = new ClientAddress(ipv6, Integer.toUnsignedLong(one));
        ClientAddress second = new ClientAddress(ipv6, Integer.toUnsignedLong(other));

        assertThat(first.text().equals(second.text())).isEqualTo(one == other);
        assertThat(first.text()).isNotEqualTo(new ClientAddress(!ipv6, Integer.toUnsignedLong(one)).text());
    }

    @Property
    void anIpv4AddressIsReadAsItIsShown(@ForAll int number) {
        ClientAddress address = new ClientAddress(false, Integer.toUnsignedLong(number));

        assertThat(ClientAddress.parse(address.text())).contains(address);
        assertThat(ClientAddress.parse("::ffff:" + address.text())).contains(address);
    }

    @Property
    void nothingThatAProxyWritesIsAFault(@ForAll String written) {
        assertThat(ClientAddress.parse(written)).isInstanceOf(Optional.class);
    }

    @Test
    void aPeerIsReadWithoutItsZone() throws UnknownHostException {
        Inet6Address linkLocal = Inet6Address.getByAddress(
                null, Inet6Address.ofLiteral("fe80::1").getAddress(), 1);

        assertThat(ClientAddress.ofPeer(SocketAddress.inetSocketAddress(new InetSocketAddress(linkLocal, 1))))
                .hasToString("fe80::/64");
        assertThat(ClientAddress.ofPeer(SocketAddress.inetSocketAddress(49152, "192.0.2.1")))
                .hasToString("192.0.2.1");
    }

    @Test
    void aPeerInTheFileSystemIsThisMachine() {
        assertThat(ClientAddress.ofPeer(SocketAddress.domainSocketAddress("/run/signalbox.sock")))
                .hasToString("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L})
    void anIpv4AddressHas32Bits(long number) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientAddress(false, number));
    }

    private static String ipv6(long high, long low) {
        StringBuilder groups = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16) {
            groups.append(Long.toHexString(high >>> shift & 0xFFFF)).append(':');
        }
        for (int shift = 48; shift >= 0; shift -= 16) {
            groups.append(Long.toHexString(low >>> shift & 0xFFFF)).append(shift == 0 ? "" : ":");
        }
        return groups.toString();
    }
}
