// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "jpg"})
    void isReadFromWhatTheJdkWrites(String format) throws IOException {
        assertThat(size(picture(format))).contains(new ImageSize(300, 7));
    }

    @Test
    void isReadFromAllKindsOfWebp() throws IOException {
        assertThat(size(hex("52494646000000005745425056503820" + "00000000" + "100000" + "9d012a" + "2c410780")))
                .contains(new ImageSize(300, 7));
        assertThat(size(hex("5249464600000000574542505650384c" + "00000000" + "2f" + "2b810100")))
                .contains(new ImageSize(300, 7));
        assertThat(size(hex("52494646000000005745425056503858" + "00000000" + "10000000" + "2b0100" + "060000")))
                .contains(new ImageSize(300, 7));
    }

    @Test
    void aPhotoMayLieOnItsSide() throws IOException {
        String upright = "45786966000049492a00080000000100120103000100000001000000" + "00000000";
        String left = "45786966000049492a00080000000100120103000100000006000000" + "00000000";
        String right = "4578696600004d4d002a0000000800010112000300000001000800" + "0000000000";

        assertThat(size(jpeg(upright))).contains(new ImageSize(300, 7));
        assertThat(size(jpeg(left))).contains(new ImageSize(7, 300));
        assertThat(size(jpeg(right))).contains(new ImageSize(7, 300));
        assertThat(size(jpeg("457869660000"))).as("nothing in it").contains(new ImageSize(300, 7));
    }

    @Test
    void otherFilesHaveNone() throws IOException {
        assertThat(size(new byte[0])).isEmpty();
        assertThat(size(hex("0000001c667479706176696600000000"))).isEmpty();
        assertThat(size(hex("89504e470d0a1a0a0000000d49484452000000000000000000")))
                .as("no width")
                .isEmpty();
        assertThat(size(hex("52494646000000005741564500000000"))).isEmpty();
    }

    @Test
    void brokenFilesDoNoHarm() throws IOException {
        var random = new Random(9);
        for (String format : new String[] {"png", "gif", "jpg"}) {
            byte[] whole = picture(format);
            for (int round = 0; round < 2_000; round++) {
                byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
                for (int i = 0; i < 3 && broken.length > 0; i++) {
                    broken[random.nextInt(Math.min(64, broken.length))] = (byte) random.nextInt();
                }
                size(broken);
                byte[] exif = hex("45786966000049492a00080000000100120103000100000006000000");
                exif[6 + random.nextInt(exif.length - 6)] = (byte) random.nextInt();
                size(jpeg(HexFormat.of().formatHex(exif)));
            }
        }
    }

    private static byte[] picture(String format) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 7, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    /** A picture of the JDK's with a segment of a camera put in front. */
    private static byte[] jpeg(String exif) throws IOException {
        String picture = HexFormat.of().formatHex(picture("jpg"));
        String segment = "ffe1" + HexFormat.of().toHexDigits((short) (exif.length() / 2 + 2)) + exif;
        return hex("ffd8" + segment + picture.substring(4));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Optional<ImageSize> size(byte[] file) throws IOException {
        return ImageSize.read(new ByteArrayInputStream(file));
    }
}
