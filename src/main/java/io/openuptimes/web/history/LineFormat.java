package io.openuptimes.web.history;

import io.openuptimes.model.HistoryEntry;
import java.util.Map;

/** A history format with one line per check. */
public interface LineFormat {

    /** The media type, as in {@code Accept}. */
    String mediaType();

    /**
     * Headers of the response.
     *
     * @param name the service's name
     */
    Map<String, String> headers(String name);

    /** Text before the first check; may be empty. */
    String head();

    /** Appends a check's line, including its line break. */
    void add(StringBuilder lines, HistoryEntry entry);
}
