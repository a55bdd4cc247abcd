package io.openuptimes.web.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Maps service labels to Prometheus label names. */
final class LabelNames {

    private static final String PREFIX = "label_";
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_]");

    private LabelNames() {}

    /**
     * {@value #PREFIX} followed by the key, with {@code _} for characters that Prometheus does not allow. If several
     * keys map to the same name, the second one gets the suffix {@code _2}, and so on.
     *
     * @param keys label keys; duplicates count once
     * @return names by key, in the given order
     */
    static Map<String, String> of(List<String> keys) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String key : keys) {
            if (!names.containsKey(key)) {
                String plain = PREFIX + FOREIGN.matcher(key).replaceAll("_");
                String name = plain;
                for (int i = 2; !taken.add(name); i++) {
                    name = plain + '_' + i;
                }
                names.put(key, name);
            }
        }
        return names;
    }
}
