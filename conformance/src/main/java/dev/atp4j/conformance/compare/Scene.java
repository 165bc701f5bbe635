// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.compare;

import dev.atp4j.conformance.Scenario.Setting;
import java.util.EnumSet;
import java.util.Set;

/**
 * A sentence about clients, and the way to find out of which it is true.
 *
 * @param id a short name, unique and stable
 * @param sentence what is tried
 * @param promise who of them says so
 * @param setting the kind of server it is about
 * @param embeddedOnly whether the reference PDS lacks what it takes
 * @param without the clients that have nothing of the kind
 * @param play how it is tried
 */
record Scene(
        String id,
        String sentence,
        Promise promise,
        Setting setting,
        boolean embeddedOnly,
        Set<Client> without,
        Play play) {

    /** Tries it with the stage's client. */
    @FunctionalInterface
    interface Play {
        Finding on(Stage stage) throws Exception;
    }

    static Scene of(String id, String sentence, Promise promise, Play play) {
        return new Scene(id, sentence, promise, Setting.PLAIN, false, Set.of(), play);
    }

    Scene with(Setting other) {
        return new Scene(id, sentence, promise, other, embeddedOnly, without, play);
    }

    Scene onlyEmbedded() {
        return new Scene(id, sentence, promise, setting, true, without, play);
    }

    Scene without(Client first, Client... more) {
        return new Scene(id, sentence, promise, setting, embeddedOnly, EnumSet.of(first, more), play);
    }
}
