// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells what kind of file it is by its first bytes: the kinds that records of the network hold. */
final class Signatures {

    /** How many bytes it takes. */
    static final int HEAD = 64;

    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("avif", "image/avif"),
            Map.entry("avis", "image/avif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heix", "image/heic"),
            Map.entry("heim", "image/heic"),
            Map.entry("heis", "image/heic"),
            Map.entry("mif1", "image/heif"),
            Map.entry("qt  ", "video/quicktime"),
            Map.entry("avc1", "video/mp4"),
            Map.entry("dash", "video/mp4"),
            Map.entry("M4V ", "video/mp4"));

    private Signatures() {}

    /**
     * Returns the media type of a file.
     *
     * @param head its first bytes, {@link #HEAD} of them if it has so many
     */
    static String mediaType(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        } else if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return "image/gif";
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return "image/webp";
        } else if (text.startsWith("ftyp", 4) && text.length() >= 12) {
            return ofBrand(text);
        } else if (text.startsWith("\u001aE\u00df\u00a3") && text.contains("webm")) {
            return "video/webm";
        }
        return isCaptions(text) ? "text/vtt" : UNKNOWN;
    }

    /** A box of brands: the main one, a version, and those that the file is compatible with. */
    private static String ofBrand(String text) {
        String main = text.substring(8, 12);
        if (main.equals("mif1") || main.equals("msf1")) {
            // A still picture of any coding; which one, the compatible brands say.
            int length = Math.min(text.length(), text.charAt(3) + 256 * text.charAt(2));
            for (int at = 16; at + 4 <= length; at += 4) {
                String brand = text.substring(at, at + 4);
                if (brand.startsWith("avi") || brand.startsWith("hei")) {
                    return BRANDS.getOrDefault(brand, UNKNOWN);
                }
            }
        }
        String known = BRANDS.get(main);
        return known != null ? known : main.startsWith("iso") || main.startsWith("mp4") ? "video/mp4" : UNKNOWN;
    }

    private static boolean isCaptions(String text) {
        String start = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        return start.startsWith("WEBVTT") && (start.length() == 6 || " \t\r\n".indexOf(start.charAt(6)) >= 0);
    }
}
