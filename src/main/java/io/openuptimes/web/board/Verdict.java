package io.openuptimes.web.board;

import io.openuptimes.bus.EventId;
import org.jspecify.annotations.Nullable;

/** What is known of all services together. */
public final class Verdict {

    private Verdict() {}

    /** The members of a JSON object: the state of all, how many are in which, up to which event. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts) {
        append(json, board, counts, board.upTo());
    }

    /** Likewise, where it is not all up to the board's last event that is told. */
    public static void append(StringBuilder json, StatusBoard board, Counts counts, @Nullable EventId upTo) {
        json.append("\"overall\":\"").append(counts.overall().word());
        json.append("\",\"updated\":");
        JsonText.orNull(json, counts.updated());
        json.append(",\"storeReachable\":").append(board.isStoreReachable());
        json.append(",\"event\":");
        JsonText.quote(json, String.valueOf(upTo));
        json.append(",\"counts\":{");
        counts.appendTo(json);
        json.append('}');
    }
}
