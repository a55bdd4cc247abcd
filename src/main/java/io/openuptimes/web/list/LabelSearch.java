package io.openuptimes.web.list;

import io.openuptimes.web.board.FoldedText;
import java.util.Map;

/**
 * Looks for a text in labels as they are written, {@code key=value}, without writing them: a search passes a hundred
 * thousand services.
 */
final class LabelSearch {

    private final String sought;

    /** Where the text has its first equals sign; a key has none, so that this is the one between key and value. */
    private final int equals;

    private final String keyEnd;
    private final String valueStart;

    /**
     * @param sought folded
     */
    LabelSearch(String sought) {
        this.sought = sought;
        this.equals = sought.indexOf('=');
        this.keyEnd = equals < 0 ? "" : sought.substring(0, equals);
        this.valueStart = equals < 0 ? "" : sought.substring(equals + 1);
    }

    boolean isIn(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (isIn(label.getKey(), label.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(String key, String value) {
        if (FoldedText.contains(value, sought)) {
            return true;
        }
        return equals < 0
                ? FoldedText.contains(key, sought)
                : FoldedText.endsWith(key, keyEnd) && FoldedText.startsWith(value, valueStart);
    }
}
