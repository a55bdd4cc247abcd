package io.openuptimes.web.bulk;

import io.openuptimes.web.http.Errors;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A body that is read once all of it is there. The bytes are counted by the request that holds them. */
final class CollectedText {

    static final String NOT_UTF_8 = "is not UTF-8; spreadsheets save it as \"CSV UTF-8\"";

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    void add(byte[] piece) {
        pieces.add(piece);
        length += piece.length;
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /** Reads it as UTF-8; malformed bytes end in a {@link java.nio.charset.CharacterCodingException}. */
    Reader reader() {
        if (length == 0) {
            throw Errors.invalid("body", "is required");
        }
        List<ByteArrayInputStream> streams =
                pieces.stream().map(ByteArrayInputStream::new).toList();
        return new InputStreamReader(
                new SequenceInputStream(Collections.enumeration(streams)), StandardCharsets.UTF_8.newDecoder());
    }
}
