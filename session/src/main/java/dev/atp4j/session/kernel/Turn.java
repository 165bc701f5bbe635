// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.kernel;

/** What a flow wants of the store's lease, which one at a time has of all who share the store. */
public enum Turn {
    /** It waits for its turn, and gives up if others keep it for too long. */
    NEEDED,
    /** It waits for its turn, and goes on without if others keep it for too long. */
    WANTED,
    /** It reads only, so it may run beside whoever has the turn. */
    UNNEEDED
}
