package io.openuptimes.web.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The names under which labels of services are labels of their series. */
final class LabelNames {

    private static final String PREFIX = "label_";
    private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_]");

    private LabelNames() {}

    /**
     * {@value #PREFIX} and the label's key, with {@code _} for whatever Prometheus does not allow in a name. Where two
     * keys make the same name, the second gets {@code _2} behind it, and so on.
     *
     * @param keys of labels; one that is given twice counts once
     * @return names by keys, in their order
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
