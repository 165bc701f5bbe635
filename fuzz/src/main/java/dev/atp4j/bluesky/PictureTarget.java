// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.fuzz.Must;
import dev.atp4j.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The size of a picture: whatever the file, there is one or none, never read beyond the file's end; and if the JDK finds one too, it
 * is the same, or the same lying on its side.
 */
public final class PictureTarget implements Target {

    /** Larger files say no more about it, and cost the JDK much more. */
    private static final int LARGE = 4096;

    static {
        ImageIO.setUseCache(false);
        System.setProperty("java.awt.headless", "true");
    }

    @Override
    public void accept(byte[] input) throws IOException {
        Optional<ImageSize> size = ImageSize.read(new ByteArrayInputStream(input));
        size.ifPresent(known -> Must.hold(known.width() > 0 && known.height() > 0, "a picture has width and height"));
        if (size.isPresent() && input.length <= LARGE && (input[0] & 255) != 'R') {
            ImageSize theirs = byTheJdk(input);
            Must.hold(
                    theirs == null || theirs.equals(size.get()) || theirs.equals(turned(size.get())),
                    "the size, to us and to the JDK: " + size.get() + " and " + theirs);
        }
    }

    /** A picture may say that it is to be shown on its side. */
    private static ImageSize turned(ImageSize size) {
        int width = size.height();
        int height = size.width();
        return new ImageSize(width, height);
    }

    private static @Nullable ImageSize byTheJdk(byte[] input) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(input))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                // Of a GIF this is the first frame, which need not fill the screen that the file is for.
                if (reader.getFormatName().equals("gif")) {
                    return null;
                }
                reader.setInput(in, true, true);
                return new ImageSize(reader.getWidth(0), reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return null; // it wants more of a file than its size
        }
    }
}
