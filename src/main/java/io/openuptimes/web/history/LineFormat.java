package io.openuptimes.web.history;

import io.openuptimes.model.HistoryEntry;
import java.util.Map;

/** How a history is written where it is not one JSON object: a line for each check. */
public interface LineFormat {

    /** As requests name it in {@code Accept}. */
    String mediaType();

    /**
     * Of the answer.
     *
     * @param name the service's
     */
    Map<String, String> headers(String name);

    /** What comes before the first check; maybe nothing. */
    String head();

    /** Adds the line of a check, its end included. */
    void add(StringBuilder lines, HistoryEntry entry);
}
