package io.openuptimes.web.metrics;

import io.openuptimes.model.Service;
import java.util.List;
import java.util.Map;

/**
 * The labels of all series of a service: {@code service}, {@code id}, {@code group}, and selected labels of the
 * service.
 */
final class ServiceLabels {

    private static final String SPECIAL = "\\\"\n";

    private record Own(String key, String before) {}

    private final List<Own> own;

    /**
     * @param keys labels to include in each series; empty in the series of a service without that label
     */
    ServiceLabels(List<String> keys) {
        own = LabelNames.of(keys).entrySet().stream()
                .map(name -> new Own(name.getKey(), ",%s=\"".formatted(name.getValue())))
                .toList();
    }

    /** Appends the labels, without braces. */
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

    /** Escapes a label value, including line breaks, although names contain none. */
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
