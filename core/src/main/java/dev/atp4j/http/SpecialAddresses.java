// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http;

import java.net.InetAddress;

/**
 * The addresses that are no public host: loopback, private, link-local (and with it the metadata services of clouds),
 * shared, reserved, multicast and documentation ranges, also where an IPv6 address carries an IPv4 one.
 *
 * <p>After the <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a> and <a
 * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a> registries of special addresses.
 */
final class SpecialAddresses {

    private SpecialAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? specialV4(bytes, 0) : specialV6(bytes);
    }

    private static boolean specialV4(byte[] bytes, int at) {
        int a = bytes[at] & 255;
        int b = bytes[at + 1] & 255;
        int c = bytes[at + 2] & 255;
        return switch (a) {
            case 0, 10, 127 -> true;
            case 100 -> b >= 64 && b < 128;
            case 169 -> b == 254;
            case 172 -> b >= 16 && b < 32;
            case 192 -> b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99;
            case 198 -> b == 18 || b == 19 || b == 51 && c == 100;
            case 203 -> b == 0 && c == 113;
            default -> a >= 224;
        };
    }

    private static boolean specialV6(byte[] bytes) {
        int first = word(bytes, 0);
        int second = word(bytes, 1);
        boolean restIsV4 = word(bytes, 2) == 0 && word(bytes, 3) == 0 && word(bytes, 4) == 0;
        if (first == 0 && second == 0 && restIsV4 && word(bytes, 5) == 0xffff) {
            return specialV4(bytes, 12); // IPv4-mapped
        }
        if (first == 0x64 && second == 0xff9b && restIsV4 && word(bytes, 5) == 0) {
            return specialV4(bytes, 12); // NAT64
        }
        if (first == 0x2002) {
            return specialV4(bytes, 2); // 6to4
        }
        boolean globalUnicast = first >> 13 == 1;
        boolean protocolAssignment = first == 0x2001 && second < 0x200; // Teredo and others
        boolean documentation = first == 0x2001 && second == 0xdb8 || first == 0x3fff && second < 0x1000;
        return !globalUnicast || protocolAssignment || documentation;
    }

    private static int word(byte[] bytes, int index) {
        return (bytes[2 * index] & 255) << 8 | bytes[2 * index + 1] & 255;
    }
}
