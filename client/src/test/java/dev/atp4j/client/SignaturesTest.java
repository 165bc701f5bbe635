// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    @Test
    void knowsWhatRecordsHold() {
        assertThat(type("\u0089PNG\r\n\u001a\nrest")).isEqualTo("image/png");
        assertThat(type("\u00ff\u00d8\u00ff\u00e0rest")).isEqualTo("image/jpeg");
        assertThat(type("GIF89arest")).isEqualTo("image/gif");
        assertThat(type("RIFF\u0004\u0003\u0002\u0001WEBPVP8 ")).isEqualTo("image/webp");
        assertThat(type("\0\0\0\u001cftypavif\0\0\0\0mif1")).isEqualTo("image/avif");
        assertThat(type("\0\0\0\u001cftypheic\0\0\0\0mif1")).isEqualTo("image/heic");
        assertThat(type("\0\0\0\u0018ftypisom\0\0\2\0isomiso2")).isEqualTo("video/mp4");
        assertThat(type("\0\0\0\u0018ftypmp42\0\0\2\0")).isEqualTo("video/mp4");
        assertThat(type("\0\0\0\u0014ftypqt  \0\0\2\0")).isEqualTo("video/quicktime");
        assertThat(type("\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u0082\u0084webm"))
                .isEqualTo("video/webm");
        assertThat(type("WEBVTT\n\n00:01")).isEqualTo("text/vtt");
        assertThat(type("\u00ef\u00bb\u00bfWEBVTT - Title")).isEqualTo("text/vtt");
        assertThat(type("WEBVTT")).isEqualTo("text/vtt");
    }

    @Test
    void aPictureOfNoParticularBrandIsWhatItIsCompatibleWith() {
        assertThat(type("\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf")).isEqualTo("image/avif");
        assertThat(type("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic")).isEqualTo("image/heic");
        assertThat(type("\0\0\0\u0014ftypmif1\0\0\0\0mif1heic"))
                .as("what stands after the box")
                .isEqualTo("image/heif");
    }

    @Test
    void anythingElseIsBytes() {
        for (String head : new String[] {
            "",
            "h",
            "hello",
            "\u0089PNG",
            "RIFF\0\0\0\0WAVE",
            "\0\0\0\u0014ftyp",
            "\0\0\0\u0014ftypjunk",
            "WEBVTTX",
            "\u001aE\u00df\u00a3matroska"
        }) {
            assertThat(type(head)).isEqualTo("application/octet-stream");
        }
    }

    private static String type(String head) {
        return Signatures.mediaType(head.getBytes(StandardCharsets.ISO_8859_1));
    }
}
