// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.http.TransportRequest.Reach;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("security")
class ReachTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1", // IPv4-compatible
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::808:808", // NAT64
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1", // 6to4
                "100::1", // discard
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2", // Teredo
                "2001:2::1",
                "2001:10::1",
                "2001:1ff::1",
                "2001:db8::1",
                "3fff::1",
                "3fff:fff::1",
                "fc00::1",
                "fdff::1", // unique local
                "fe80::1",
                "febf::1",
                "fec0::1", // link-local, site-local
                "ff02::1",
                "4000::1",
                "5f00::1"
            })
    void specialAddressesAreNotPublic(String address) throws Exception {
        assertThat(Reach.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
        assertThat(Reach.ANY.allows(InetAddress.getByName(address))).isTrue();
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
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.0.3.1",
                "192.88.98.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.1",
                "203.0.112.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:80b::200e",
                "2001:200::1",
                "2001:db7::1",
                "2001:db9::1",
                "3ffe:ffff::1",
                "3fff:1000::1",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void otherAddressesArePublic(String address) throws Exception {
        assertThat(Reach.PUBLIC.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anIpv4AddressInsideAnIpv6OneIsJudgedAsItself() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] v4 = new byte[4];
            random.nextBytes(v4);
            boolean allowed = Reach.PUBLIC.allows(InetAddress.getByAddress(v4));
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 255;
            System.arraycopy(v4, 0, mapped, 12, 4);
            byte[] nat64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, v4[0], v4[1], v4[2], v4[3]};
            byte[] sixToFour = {0x20, 2, v4[0], v4[1], v4[2], v4[3], 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
            for (byte[] bytes : new byte[][] {mapped, nat64, sixToFour}) {
                // Inet6Address.getByAddress keeps a mapped address as it is.
                assertThat(Reach.PUBLIC.allows(Inet6Address.getByAddress(null, bytes, -1)))
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(allowed);
            }
        }
    }
}
