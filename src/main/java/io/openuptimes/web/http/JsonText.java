package io.openuptimes.web.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Hand-written JSON serialization for hot paths. */
public final class JsonText {

    private JsonText() {}

    public static void quote(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }

    /** Appends a number, or null instead of 0. */
    public static void orNull(StringBuilder json, long number) {
        if (number == 0) {
            json.append("null");
        } else {
            json.append(number);
        }
    }
}
