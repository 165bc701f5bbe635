// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.lex.ObjectType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to be uploaded: where its bytes come from, what they are, and which field of a record they are for. Immutable; may
 * be used again unless it was made of a stream.
 *
 * <pre>{@code
 * BlobRef avatar = client.uploadBlob(BlobUpload.of(Path.of("me.jpg")).withField(Profile.TYPE, "avatar"));
 * }</pre>
 */
public final class BlobUpload {

    private final RequestBody.Source source;
    private final long length;
    private final boolean replayable;
    private final @Nullable String mediaType;
    private final @Nullable BlobField field;
    private final Progress progress;

    private BlobUpload(
            RequestBody.Source source,
            long length,
            boolean replayable,
            @Nullable String mediaType,
            @Nullable BlobField field,
            Progress progress) {
        this.source = source;
        this.length = length;
        this.replayable = replayable;
        this.mediaType = mediaType;
        this.field = field;
        this.progress = progress;
    }

    /**
     * Uploads a file. It is read while it is sent, in constant memory.
     *
     * @param file the file; it must not change meanwhile
     * @return the upload
     * @throws IOException if the file's size cannot be read
     */
    public static BlobUpload of(Path file) throws IOException {
        return new BlobUpload(() -> Files.newInputStream(file), Files.size(file), true, null, null, Progress.NONE);
    }

    /**
     * Uploads bytes.
     *
     * @param bytes the bytes; not copied, and not to be changed meanwhile
     * @return the upload
     */
    public static BlobUpload of(byte[] bytes) {
        return new BlobUpload(() -> new ByteArrayInputStream(bytes), bytes.length, true, null, null, Progress.NONE);
    }

    /**
     * Uploads what a stream gives. It can be sent once only, so that trouble on the way is not overcome by another try.
     *
     * @param stream the bytes; closed after sending
     * @param length how many they are
     * @return the upload
     * @throws IllegalArgumentException if the length is negative
     */
    public static BlobUpload of(InputStream stream, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("a stream is uploaded with its length, which cannot be " + length);
        }
        RequestBody once = RequestBody.once(stream, length, "application/octet-stream");
        return new BlobUpload(once::open, length, false, null, null, Progress.NONE);
    }

    /**
     * Says what the bytes are. Without that the first of them tell: PNG, JPEG, GIF, WebP, AVIF, HEIC, MP4, QuickTime, WebM
     * and WebVTT are known, and all else is {@code application/octet-stream}.
     *
     * @param mediaType the media type, such as {@code image/png}
     * @return a copy
     */
    public BlobUpload withMediaType(String mediaType) {
        return new BlobUpload(source, length, replayable, mediaType, field, progress);
    }

    /**
     * Says which field of a record the blob is for. What the field's lexicon allows, media types and size, is then checked
     * before anything is sent.
     *
     * @param type the record, or the object in it, that has the field
     * @param property the field's name
     * @return a copy
     * @throws IllegalArgumentException if the type's lexicon is not among the resources, or the field holds no blob
     */
    public BlobUpload withField(ObjectType<?> type, String property) {
        return new BlobUpload(source, length, replayable, mediaType, BlobField.of(type.name(), property), progress);
    }

    /**
     * Asks to hear how far it has come.
     *
     * @param progress is told
     * @return a copy
     */
    public BlobUpload withProgress(Progress progress) {
        return new BlobUpload(source, length, replayable, mediaType, field, progress);
    }

    /**
     * Returns what to send, for calls that this library has no method for. It knows what it is, and is replayable unless this
     * was made of a stream.
     *
     * @return the body
     * @throws IllegalArgumentException if the field does not allow it
     * @throws IllegalStateException if this was made of a stream, and asked before
     * @throws TransportException if its first bytes cannot be read
     */
    public RequestBody body() {
        if (field != null) {
            field.checkSize(length);
        }
        try {
            return replayable ? reopenable() : once();
        } catch (IOException e) {
            throw new TransportException(
                    TransportException.Kind.REQUEST_BODY, false, "the blob to upload cannot be read", e);
        }
    }

    private RequestBody reopenable() throws IOException {
        String type = mediaType;
        if (type == null) {
            try (InputStream stream = source.open()) {
                type = Signatures.mediaType(stream.readNBytes(Signatures.HEAD));
            }
        }
        return RequestBody.reopenable(() -> counted(source.open()), length, checked(type));
    }

    @SuppressWarnings("MustBeClosedChecker") // whoever sends the body closes it
    private RequestBody once() throws IOException {
        InputStream stream = source.open();
        byte[] head = stream.readNBytes((int) Math.min(Signatures.HEAD, length));
        String type = checked(mediaType == null ? Signatures.mediaType(head) : mediaType);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), stream);
        return RequestBody.once(counted(all), length, type);
    }

    private InputStream counted(InputStream stream) {
        return new CountedStream(stream, progress, length);
    }

    private String checked(String type) {
        if (field != null) {
            field.checkType(type);
        }
        return type;
    }
}
