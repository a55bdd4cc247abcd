package io.openuptimes.web.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects the labels of services. The number of keys, and of values per key, is bounded, so that a label with a
 * different value for each service does not use memory for each.
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

    /** Sorted by key. */
    List<ListPage.Label> keys() {
        List<ListPage.Label> keys = new ArrayList<>();
        byKey.forEach((key, values) -> keys.add(new ListPage.Label(key, List.copyOf(values.known), values.more)));
        return keys;
    }
}
