// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.fuzz;

import dev.atp4j.data.CarReader;
import dev.atp4j.data.DataException;
import dev.atp4j.syntax.Cid;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Archives of blocks: each block is what its CID names, and all of them together are no more than what was there. */
final class CarTarget implements Target {

    @Override
    public void accept(byte[] input) throws IOException {
        long total = 0;
        try (CarReader archive = CarReader.open(new ByteArrayInputStream(input))) {
            for (Cid root : archive.roots()) {
                Must.agree(Cid.parse(root.value()), root, "a root and its text");
            }
            for (CarReader.Block block = archive.next(); block != null; block = archive.next()) {
                Must.hold(block.cid().matches(block.bytes()), "a block is what its CID names");
                Must.agree(Cid.ofBytes(block.cid().bytes()), block.cid(), "a CID and its bytes");
                total += 1 + block.cid().bytes().length + block.bytes().length;
                Must.hold(total < input.length, "the blocks are no more than the archive");
            }
        } catch (DataException e) {
            Must.hold(e.path().startsWith("$."), "a failure names its place");
        }
    }
}
