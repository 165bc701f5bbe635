// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** The key of an account, as its DID document shows it: P-256. Immutable. */
final class AccountKey {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int COORDINATE = 32;

    private final KeyPair pair;

    private AccountKey(KeyPair pair) {
        this.pair = pair;
    }

    static AccountKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new AccountKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** Returns the public key: compressed, with the mark of its kind, in base58. */
    String multibase() {
        var key = (ECPublicKey) pair.getPublic();
        var marked = new byte[3 + COORDINATE];
        marked[0] = (byte) 0x80;
        marked[1] = 0x24;
        marked[2] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        put(key.getW().getAffineX(), marked, 3);
        return "z" + base58(new BigInteger(1, marked));
    }

    /** Signs with SHA-256; of the two signatures that would do, it makes the one the protocol demands. */
    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            byte[] signature = signer.sign();
            BigInteger order = ((ECPublicKey) pair.getPublic()).getParams().getOrder();
            var s = new BigInteger(1, signature, COORDINATE, COORDINATE);
            put(s.min(order.subtract(s)), signature, COORDINATE);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with P-256", e);
        }
    }

    /** Writes a number that fits into the place of a coordinate. */
    private static void put(BigInteger number, byte[] target, int at) {
        BigInteger rest = number;
        for (int i = at + COORDINATE - 1; i >= at; i--) {
            target[i] = rest.byteValue();
            rest = rest.shiftRight(8);
        }
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
