// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.lexicon.source.LexiconManifest;
import dev.atp4j.lexicon.source.SourceException;
import java.util.Arrays;

/** The list of lexicons that a project has: one is read or refused in one way, and written as the same again. */
final class ManifestTarget implements Target {

    @Override
    public void accept(byte[] input) {
        LexiconManifest manifest;
        try {
            manifest = LexiconManifest.parse(input, "it");
        } catch (SourceException e) {
            return;
        }
        byte[] written = manifest.toJson();
        Must.agree(LexiconManifest.parse(written, "it"), manifest, "a manifest that is written and read");
        Must.hold(Arrays.equals(LexiconManifest.parse(written, "it").toJson(), written), "it is written alike again");
    }
}
