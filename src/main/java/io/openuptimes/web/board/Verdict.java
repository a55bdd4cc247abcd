package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/** What is known of all services together. */
public final class Verdict {

    private Verdict() {}

    /** The members of a JSON object: the state of all, how many are in which, up to which event. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts) {
        append(json, board, counts, String.valueOf(board.upTo()));
    }

    /** Likewise, of an answer that tells of the board up to somewhere. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts, @Nullable BoardPoint upTo) {
        append(json, board, counts, String.valueOf(upTo));
    }

    private static void append(StringBuilder json, StatusBoard board, Counts counts, String event) {
        json.append("\"overall\":\"").append(counts.overall().word());
        json.append("\",\"updated\":");
        JsonText.orNull(json, counts.updated());
        json.append(",\"storeReachable\":").append(board.isStoreReachable());
        json.append(",\"event\":");
        JsonText.quote(json, event);
        json.append(",\"counts\":{");
        counts.appendTo(json);
        json.append('}');
    }
}
