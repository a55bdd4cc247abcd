package io.openuptimes.web.board;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON written by hand, where it is written often. */
public final class JsonText {

    private JsonText() {}

    public static void quote(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }

    /** A number, or null instead of 0. */
    static void orNull(StringBuilder json, long number) {
        if (number == 0) {
            json.append("null");
        } else {
            json.append(number);
        }
    }
}
