// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.data;

import dev.atp4j.data.DataException.Kind;
import dev.atp4j.syntax.Cid;
import dev.atp4j.syntax.SyntaxException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive of blocks, CAR of version 1, from a stream, block by block: what {@code com.atproto.sync.getRepo} and
 * its like answer. Confined to one thread.
 *
 * <p>Each block is compared with its CID before it is given out. No block may be larger than 2 MiB, so memory is bounded
 * however long the archive is.
 */
public final class CarReader implements Closeable {

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_BLOCK_BYTES = 2 * 1024 * 1024;

    private final InputStream in;
    private List<Cid> roots = List.of();
    private String place = "$.header";
    private long count;

    private CarReader(InputStream in) {
        this.in = in;
    }

    /**
     * Starts with an archive and reads its header.
     *
     * @param in the archive, which is closed with the reader, or at once if this fails
     * @return the reader
     * @throws DataException if the header is not one of version 1
     * @throws IOException if the stream fails
     */
    public static CarReader open(InputStream in) throws IOException {
        var reader = new CarReader(new BufferedInputStream(in));
        try {
            reader.roots = reader.header();
            return reader;
        } catch (IOException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
    }

    /**
     * Returns what the archive is about.
     *
     * @return the CIDs of its roots, such as the commit of a repository; may be empty
     */
    public List<Cid> roots() {
        return roots;
    }

    /**
     * Reads the next block.
     *
     * @return the block, or null at the end of the archive
     * @throws DataException if the archive ends early, or the block is too large, or not what its CID names; the message
     *     names the block
     * @throws IOException if the stream fails
     */
    public @Nullable Block next() throws IOException {
        place = "$.blocks[" + count + "]";
        int size = size(MAX_BLOCK_BYTES);
        if (size < 0) {
            return null;
        }
        byte[] section = take(size);
        int length = cidLength(section);
        Cid cid = cid(Arrays.copyOf(section, length));
        byte[] bytes = Arrays.copyOfRange(section, length, size);
        if (!cid.matches(bytes)) {
            throw broken("the bytes are not those that the CID names by their SHA-256");
        }
        count++;
        return new Block(cid, bytes);
    }

    /** Closes the stream. */
    @Override
    public void close() throws IOException {
        in.close();
    }

    private List<Cid> header() throws IOException {
        int size = size(MAX_HEADER_BYTES);
        if (size < 0) {
            throw broken("the archive is empty");
        }
        byte[] bytes = take(size);
        LexMap header;
        try {
            header = DagCbor.readMap(bytes);
        } catch (DataException e) {
            throw new DataException(e.kind(), place + e.path().substring(1), e.rule());
        }
        if (header.getLong("version").orElse(0L) != 1) {
            throw broken("the archive is not of version 1");
        }
        List<Cid> cids = new ArrayList<>();
        for (LexValue root : header.getList("roots").orElseThrow(() -> broken("there is no list of roots"))) {
            if (!(root instanceof LexLink link)) {
                throw broken("a root is no link");
            }
            cids.add(link.cid());
        }
        return List.copyOf(cids);
    }

    /** Reads how many bytes follow, seven bits a byte; -1 if the archive is at its end. */
    private int size(int max) throws IOException {
        long size = 0;
        for (int shift = 0; size <= max && shift < 35; shift += 7) {
            int b = in.read();
            if (b < 0) {
                if (shift == 0) {
                    return -1;
                }
                throw early();
            }
            size |= (long) (b & 0x7f) << shift;
            if (b < 0x80 && size <= max) {
                return (int) size;
            }
        }
        throw new DataException(Kind.LIMIT, place, "there are more than " + max + " bytes");
    }

    private byte[] take(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw early();
        }
        return bytes;
    }

    /** A CID is a version, a codec, a hash function, a length, and a hash of this length. */
    private int cidLength(byte[] section) {
        int position = 0;
        int hash = 0;
        for (int number = 0; number < 4; number++) {
            int start = position;
            while (position < section.length && section[position] < 0) {
                position++;
            }
            if (position == section.length) {
                throw broken("the block has no CID");
            }
            hash = section[position++];
            if (number == 3 && (position > start + 1 || position + hash > section.length)) {
                throw broken("the block has no CID");
            }
        }
        return position + hash;
    }

    private Cid cid(byte[] bytes) {
        try {
            return Cid.ofBytes(bytes);
        } catch (SyntaxException e) {
            throw broken("the block has no CID");
        }
    }

    private DataException early() {
        return broken("the archive ends early");
    }

    private DataException broken(String rule) {
        return new DataException(Kind.CBOR, place, rule);
    }

    /** A block of an archive. */
    public static final class Block {

        private final Cid cid;
        private final byte[] bytes;

        private Block(Cid cid, byte[] bytes) {
            this.cid = cid;
            this.bytes = bytes;
        }

        /**
         * Returns the block's name.
         *
         * @return the CID
         */
        public Cid cid() {
            return cid;
        }

        /**
         * Returns the block's content, a record or another document of DAG-CBOR for the most part.
         *
         * @return the bytes, which are the caller's
         */
        public byte[] bytes() {
            return bytes;
        }

        /** Returns the CID. */
        @Override
        public String toString() {
            return cid.toString();
        }
    }
}
