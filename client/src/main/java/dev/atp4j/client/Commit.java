// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.LexMap;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.Tid;
import org.jspecify.annotations.Nullable;

/**
 * A change of a repository.
 *
 * @param cid the commit's CID
 * @param rev the repository's revision since then
 */
public record Commit(Cid cid, Tid rev) {

    static @Nullable Commit of(LexMap answer) {
        return answer.getMap("commit").map(Commit::read).orElse(null);
    }

    private static @Nullable Commit read(LexMap commit) {
        Cid cid = commit.getString("cid").flatMap(Cid::tryParse).orElse(null);
        Tid rev = commit.getString("rev").flatMap(Tid::tryParse).orElse(null);
        return cid == null || rev == null ? null : new Commit(cid, rev);
    }
}
