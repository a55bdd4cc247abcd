package io.openuptimes.web;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The start of a history's next page: before the timestamp of the last entry on this one. Opaque to callers. */
final class HistoryCursor {

    private HistoryCursor() {}

    static String before(long timestamp) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(timestamp).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * @return the timestamp before which the next page starts
     * @throws ApiException 400 if the cursor is invalid
     */
    static long parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches("[0-9]{1,18}")) {
                return Long.parseLong(text);
            }
        } catch (IllegalArgumentException e) {
            // reported below, like any other invalid cursor
        }
        throw Errors.invalid("cursor", "is not valid; use the one from the previous page");
    }
}
