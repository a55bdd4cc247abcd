package io.openuptimes.web.history;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A download's file name (RFC 6266): valid on any file system, and without path components. */
final class FileName {

    private static final int MAX = 80;

    private FileName() {}

    /**
     * The value of {@code Content-Disposition}.
     *
     * @param text the subject of the file
     * @param end suffix of the name
     */
    static String attachment(String text, String end) {
        String name = plain(text, "\\p{L}\\p{M}\\p{N}") + end;
        return "attachment; filename=\"" + plain(text, "A-Za-z0-9") + end + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String plain(String text, String letters) {
        String plain = text.replaceAll("[^" + letters + "._ -]+", "-").replaceAll("^[. -]+|[. -]+$", "");
        String name = plain.isEmpty() ? "service" : plain;
        return name.codePointCount(0, name.length()) <= MAX ? name : name.substring(0, name.offsetByCodePoints(0, MAX));
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }
}
