// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import javax.crypto.SecretKey;

/** A key that stays in its device, where no provider of this JVM can use it. */
final class DeviceKey implements SecretKey {

    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    @SuppressWarnings("NullAway") // as the JCA has it for keys that stay where they are
    public String getFormat() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
        return null;
    }
}
