// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lexicons of a class path. */
record ClassPath(ClassLoader loader) {

    byte @Nullable [] document(Nsid id) {
        // An NSID has no slash, so it stays in the folder; and no document has the name of the index, which is no NSID.
        URL resource = loader.getResource(LexiconIndex.FOLDER + id + ".json");
        return resource == null ? null : bytes(resource);
    }

    List<Nsid> names() {
        var names = new ArrayList<Nsid>();
        try {
            for (URL index : Collections.list(loader.getResources(LexiconIndex.RESOURCE))) {
                names.addAll(LexiconIndex.parse(bytes(index), index.toString())
                        .entries()
                        .keySet());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for " + LexiconIndex.RESOURCE, e);
        }
        return names;
    }

    private static byte[] bytes(URL resource) {
        try {
            URLConnection connection = resource.openConnection();
            // Else the jar would stay open, and be missed if it is replaced.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
