// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The size of a picture as it is shown, by the header of its file: PNG, GIF, WebP, and JPEG, which may lie on its side. */
record ImageSize(int width, int height) {

    private static final int EXIF = 0x45786966;
    private static final int ORIENTATION = 0x112;

    /** Reads as much of a file as it takes. Returns empty if it is another kind of file, or a broken one. */
    static Optional<ImageSize> read(InputStream file) throws IOException {
        var in = new DataInputStream(file);
        try {
            ImageSize size = read(in, in.readInt());
            return size != null && size.width > 0 && size.height > 0 ? Optional.of(size) : Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static @Nullable ImageSize read(DataInputStream in, int start) throws IOException {
        if (start == 0x89504e47) {
            in.skipNBytes(12);
            return new ImageSize(in.readInt(), in.readInt());
        } else if (start == 0x47494638) {
            in.skipNBytes(2);
            return new ImageSize(little(in, 2), little(in, 2));
        } else if (start == 0x52494646) {
            in.skipNBytes(4);
            return in.readInt() == 0x57454250 ? webp(in, in.readInt()) : null;
        }
        return start >>> 8 == 0xffd8ff ? jpeg(in, start & 0xff) : null;
    }

    private static @Nullable ImageSize webp(DataInputStream in, int chunk) throws IOException {
        in.skipNBytes(4);
        if (chunk == 0x56503820) {
            in.skipNBytes(6);
            return new ImageSize(little(in, 2) & 0x3fff, little(in, 2) & 0x3fff);
        } else if (chunk == 0x5650384c) {
            in.skipNBytes(1);
            int bits = little(in, 4);
            return new ImageSize((bits & 0x3fff) + 1, (bits >>> 14 & 0x3fff) + 1);
        } else if (chunk == 0x56503858) {
            in.skipNBytes(4);
            return new ImageSize(little(in, 3) + 1, little(in, 3) + 1);
        }
        return null;
    }

    /** Goes from segment to segment until the frame tells its size. */
    private static @Nullable ImageSize jpeg(DataInputStream in, int first) throws IOException {
        int marker = first;
        boolean onItsSide = false;
        while (true) {
            while (marker == 0xff) {
                marker = in.readUnsignedByte();
            }
            int length = in.readUnsignedShort() - 2;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (length < 0 || marker == 0xda || marker < 0xc0) {
                return null;
            }
            if (frame) {
                in.skipNBytes(1);
                int height = in.readUnsignedShort();
                int width = in.readUnsignedShort();
                return onItsSide ? new ImageSize(height, width) : new ImageSize(width, height);
            }
            byte[] segment = in.readNBytes(length);
            onItsSide |= marker == 0xe1 && orientation(segment) >= 5;
            if (in.readUnsignedByte() != 0xff) {
                return null;
            }
            marker = in.readUnsignedByte();
        }
    }

    /** Returns how a camera was held: 1 to 4 upright, 5 to 8 on its side. */
    private static int orientation(byte[] exif) {
        if (exif.length < 14 || number(exif, 0, 4, false) != EXIF) {
            return 1;
        }
        boolean little = exif[6] == 'I';
        int directory = 6 + number(exif, 10, 4, little);
        if (directory < 14 || directory > exif.length - 2) {
            return 1;
        }
        int entries = number(exif, directory, 2, little);
        for (int at = directory + 2; entries > 0 && at <= exif.length - 12; at += 12, entries--) {
            if (number(exif, at, 2, little) == ORIENTATION) {
                return number(exif, at + 8, 2, little);
            }
        }
        return 1;
    }

    private static int number(byte[] bytes, int at, int length, boolean little) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            int shift = 8 * (little ? i : length - 1 - i);
            number |= (bytes[at + i] & 0xff) << shift;
        }
        return number;
    }

    private static int little(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return number(bytes, 0, length, true);
    }
}
