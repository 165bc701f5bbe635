// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** Makes the public keys that DID documents show: P-256, compressed, in base58. */
final class Multikey {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int COORDINATE = 32;

    private Multikey() {}

    /** Makes a key pair and returns its public half; nobody needs the private one here. */
    static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return format((ECPublicKey) generator.generateKeyPair().getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    private static String format(ECPublicKey key) {
        byte[] x = key.getW().getAffineX().toByteArray();
        var prefixed = new byte[3 + COORDINATE];
        prefixed[0] = (byte) 0x80;
        prefixed[1] = 0x24;
        prefixed[2] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        int length = Math.min(x.length, COORDINATE);
        System.arraycopy(x, x.length - length, prefixed, prefixed.length - length, length);
        return "z" + base58(new BigInteger(1, prefixed));
    }

    private static String base58(BigInteger number) {
        var digits = new StringBuilder();
        BigInteger base = BigInteger.valueOf(BASE58.length());
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(base)) {
            digits.append(BASE58.charAt(rest.mod(base).intValue()));
        }
        return digits.reverse().toString();
    }
}
