package io.openuptimes.web.http;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Identifies content across processes and restarts: two independent checksums and the length. */
public final class Tags {

    private Tags() {}

    public static String of(int crc32, int crc32c, long length) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(crc32) + hex.toHexDigits(crc32c) + Long.toHexString(length);
    }

    public static String of(byte[] content) {
        CRC32 first = new CRC32();
        first.update(content);
        CRC32C second = new CRC32C();
        second.update(content);
        return of((int) first.getValue(), (int) second.getValue(), content.length);
    }
}
