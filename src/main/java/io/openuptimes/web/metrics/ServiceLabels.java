package io.openuptimes.web.metrics;

import io.openuptimes.model.Service;
import java.util.List;
import java.util.Map;

/** The labels that every series of a service has: {@code service}, {@code id}, {@code group}, and some of its own. */
final class ServiceLabels {

    private static final String SPECIAL = "\\\"\n";

    private record Own(String key, String before) {}

    private final List<Own> own;

    /**
     * @param keys of the services' labels that their series carry; empty where a service has no such label
     */
    ServiceLabels(List<String> keys) {
        own = LabelNames.of(keys).entrySet().stream()
                .map(name -> new Own(name.getKey(), ",%s=\"".formatted(name.getValue())))
                .toList();
    }

    /** Writes them without the braces around them. */
    void append(StringBuilder text, Service service) {
        value(text.append("service=\""), service.name());
        value(text.append("\",id=\""), service.id());
        value(text.append("\",group=\""), service.group());
        Map<String, String> labels = service.labels();
        for (Own label : own) {
            value(text.append('"').append(label.before()), labels.getOrDefault(label.key(), ""));
        }
        text.append('"');
    }

    /** Escapes a label's value; that of names has no line breaks, but this does not rely on it. */
    static StringBuilder value(StringBuilder text, String value) {
        if (value.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0)) {
            return text.append(value);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n') {
                text.append("\\n");
            } else if (SPECIAL.indexOf(c) >= 0) {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
        return text;
    }
}
