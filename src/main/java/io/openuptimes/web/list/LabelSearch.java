package io.openuptimes.web.list;

import io.openuptimes.web.board.FoldedText;
import java.util.Map;

/**
 * Searches labels for a text in the form {@code key=value}, without building that string: a search covers a hundred
 * thousand services.
 */
final class LabelSearch {

    private final String sought;

    /** Position of the first equals sign in the text. Keys contain none, so it separates key and value. */
    private final int equals;

    private final String keyEnd;
    private final String valueStart;

    /**
     * @param sought case-folded
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
