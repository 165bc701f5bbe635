// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds;

import dev.atp4j.data.LexMap;
import dev.atp4j.pds.wire.Answer;
import dev.atp4j.pds.wire.Handler;
import dev.atp4j.pds.wire.Request;

/** The administrator's interface over HTTP. */
final class Admin implements Handler {

    private final String path;
    private final EmbeddedPds pds;

    Admin(String path, EmbeddedPds pds) {
        this.path = path;
        this.pds = pds;
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().startsWith(path)) {
            return Answer.json(404, LexMap.empty());
        }
        return Answer.json(
                200, LexMap.builder().put("url", pds.url().toString()).build());
    }
}
