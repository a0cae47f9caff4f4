package dev.signalbox.articles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private final PublicAddresses addresses = new PublicAddresses();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.0",
                "127.0.0.1",
                "127.255.255.255",
                "168.63.129.16",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:0:808:808::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff::1",
                "fe80::1",
                "fe80::a9fe:a9fe",
                "febf::1",
                "fec0::1",
                "feff::1",
                "ff02::1",
                "ff0e::1",
                "8000::1"
            })
    void specialAddressesAreNotPublic(String address) throws Exception {
        assertThat(addresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "64:ff9b::8.8.8.8",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2001:db7::1",
                "2001:db9::1",
                "2003::1",
                "2606:4700::1111",
                "2a00::1",
                "3ffe::1",
                "3fff:1000::1"
            })
    void theRestOfTheInternetIsPublic(String address) throws Exception {
        assertThat(addresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void everythingThatJavaKnowsToBeSpecialIsNotPublic() throws Exception {
        for (String name : new String[] {
            "127.9.9.9", "::1", "0.0.0.0", "::", "169.254.1.1", "fe80::9", "10.9.9.9", "fec0::9", "224.9.9.9", "ff05::9"
        }) {
            InetAddress address = InetAddress.getByName(name);
            assertThat(isKnownToBeSpecial(address)).isTrue();
            assertThat(addresses.isPublic(address)).isFalse();
        }
    }

    @Property
    void noAddressThatJavaKnowsToBeSpecialIsPublic(@ForAll int high, @ForAll int low) throws Exception {
        byte[] octets = new byte[16];
        ByteBuffer.wrap(octets).putInt(high).putInt(12, low);
        for (InetAddress address : new InetAddress[] {InetAddress.getByAddress(octets), ipv4(low)}) {
            assertThat(addresses.isPublic(address) && isKnownToBeSpecial(address))
                    .as("%s", address)
                    .isFalse();
        }
    }

    @Property
    void ipv4AddressMappedOrTranslatedIsWhatItIs(@ForAll int bits) throws Exception {
        InetAddress plain = ipv4(bits);

        assertThat(addresses.isPublic(embedded(bits, "::ffff"))).isEqualTo(addresses.isPublic(plain));
        assertThat(addresses.isPublic(embedded(bits, "64:ff9b"))).isEqualTo(addresses.isPublic(plain));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "fd00::/129", "blog.example", "", "/8", "1.2.3.4.5"})
    void rangesAreAddressesWithAtMostAsManyBits(String text) {
        assertThat(catchThrowable(() -> AddressRange.parse(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an IP address such as 10.1.2.3");
    }

    @Test
    void rangeEndsWhereItsBitsEnd() throws Exception {
        AddressRange range = AddressRange.parse("10.1.128.0/17");

        assertThat(range.contains(InetAddress.getByName("10.1.128.0"))).isTrue();
        assertThat(range.contains(InetAddress.getByName("10.1.255.255"))).isTrue();
        assertThat(range.contains(InetAddress.getByName("10.1.127.255"))).isFalse();
        assertThat(range.contains(InetAddress.getByName("10.2.128.0"))).isFalse();
        assertThat(range.contains(InetAddress.getByName("::a01:8000"))).isFalse();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(InetAddress.getByName("255.255.255.255")))
                .isTrue();
    }

    private static boolean isKnownToBeSpecial(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static InetAddress ipv4(int bits) throws UnknownHostException {
        return InetAddress.getByAddress(
                new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
    }

    /** As one that no name server could give through Java, which unwraps mapped addresses. */
    private static InetAddress embedded(int bits, String prefix) throws UnknownHostException {
        byte[] octets = new byte[16];
        if (prefix.equals("::ffff")) {
            octets[10] = (byte) 0xFF;
            octets[11] = (byte) 0xFF;
        } else {
            octets[1] = 0x64;
            octets[2] = (byte) 0xFF;
            octets[3] = (byte) 0x9B;
        }
        System.arraycopy(ipv4(bits).getAddress(), 0, octets, 12, 4);
        return Inet6Address.getByAddress(null, octets, -1);
    }
}
