// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.processes.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file as a {@link RecordedProcess} sees it. Closing it always works: it is what becomes of a dead process's files. */
final class RecordedChannel extends FileChannel {

    private final RecordedProcess process;
    private final Path path;
    private final FileChannel real;

    RecordedChannel(RecordedProcess process, Path path, FileChannel real) {
        this.process = process;
        this.path = path;
        this.real = real;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int written = write(source, real.position());
        real.position(real.position() + written);
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        process.call();
        ByteBuffer copy = source.duplicate();
        int length = real.write(source, position);
        byte[] bytes = new byte[length];
        copy.get(bytes);
        process.done(new Op.Write(process.name(path), position, bytes));
        return length;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        process.call();
        real.truncate(size);
        process.done(new Op.Size(process.name(path), size));
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        process.call();
        // The real disk is not waited for; what it would have kept is known without it.
        process.done(new Op.Force(process.name(path)));
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        process.live();
        return real.tryLock(position, size, shared);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        process.live();
        return real.lock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        process.live();
        return real.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        process.live();
        return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }
}
