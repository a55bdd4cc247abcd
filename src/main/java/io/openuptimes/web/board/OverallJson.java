package io.openuptimes.web.board;

import io.openuptimes.web.http.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes the overall state of all services. */
public final class OverallJson {

    private OverallJson() {}

    /** Appends members of a JSON object: the overall state, the counts, and the last event. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts) {
        append(json, board, counts, String.valueOf(board.progress().upTo()));
    }

    /** The same for an answer that reflects the board up to a given point. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts, @Nullable BoardPoint upTo) {
        append(json, board, counts, String.valueOf(upTo));
    }

    private static void append(StringBuilder json, StatusBoard board, Counts counts, String event) {
        json.append("\"overall\":\"").append(counts.overall().word());
        json.append("\",\"updated\":");
        JsonText.orNull(json, counts.updated());
        json.append(",\"storeReachable\":").append(board.outlook().isStoreReachable());
        json.append(",\"event\":");
        JsonText.quote(json, event);
        json.append(",\"counts\":{");
        counts.appendTo(json);
        json.append('}');
    }
}
