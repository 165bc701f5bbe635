// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Listener;
import dev.atp4j.pds.wire.Request;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Serves the administrator's interface under a path that nobody can guess. */
final class AdminServer implements AutoCloseable {

    private final Listener listener = Listener.open(0);
    private final String path;

    AdminServer(Handler admin) {
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        path = "/" + HexFormat.of().formatHex(random) + "/";
        listener.serve(request -> request.target().startsWith(path)
                ? admin.answer(new Request(
                        request.method(), request.target().substring(path.length()), request.headers(), request.body()))
                : Answer.json(404, LexMap.empty()));
    }

    URI url() {
        return listener.origin().resolve(path);
    }

    @Override
    public void close() {
        listener.close();
    }
}
