package io.openuptimes.web.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which labels services have. A label whose value differs for each service must not take memory for each of them, so
 * that keys and values of a key are bounded.
 */
final class LabelTally {

    static final int MAX_KEYS = 100;
    static final int MAX_VALUES = 100;

    private static final class Values {
        private final TreeSet<String> known = new TreeSet<>();
        private boolean more;

        void add(String value) {
            if (known.size() < MAX_VALUES) {
                known.add(value);
            } else if (!more) {
                more = !known.contains(value);
            }
        }
    }

    private final TreeMap<String, Values> byKey = new TreeMap<>();

    void add(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return;
        }
        labels.forEach((key, value) -> {
            Values values = byKey.get(key);
            if (values == null && byKey.size() < MAX_KEYS) {
                values = new Values();
                byKey.put(key, values);
            }
            if (values != null) {
                values.add(value);
            }
        });
    }

    /** By key. */
    List<ListPage.Label> keys() {
        List<ListPage.Label> keys = new ArrayList<>();
        byKey.forEach((key, values) -> keys.add(new ListPage.Label(key, List.copyOf(values.known), values.more)));
        return keys;
    }
}
