package io.openuptimes.web.audit;

import io.openuptimes.model.CommonFields;
import io.openuptimes.model.Excerpt;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values as the audit log stores them: short and without secrets. A value that may contain a secret is redacted
 * completely: header values, bodies, and the query and user info of a URL.
 */
public final class AuditValues {

    static final String BLANK = ServiceView.HIDDEN;

    private static final int MAX_TEXT = 200;
    private static final int MAX_MEMBERS = 20;

    private AuditValues() {}

    /** Adds the fields in which two versions of a service differ to {@code before} and {@code after}. */
    static void difference(
            @Nullable Service old, @Nullable Service now, Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> was = old == null ? Map.of() : ServiceFields.toMap(old);
        Map<String, Object> is = now == null ? Map.of() : ServiceFields.toMap(now);
        Set<String> fields = new LinkedHashSet<>(was.keySet());
        fields.addAll(is.keySet());
        for (String field : fields) {
            if (Objects.equals(was.get(field), is.get(field))) {
                continue;
            }
            if (old != null) {
                before.put(field, ofService(field, was.get(field)));
            }
            if (now != null) {
                after.put(field, ofService(field, is.get(field)));
            }
        }
    }

    static @Nullable Object ofService(String field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (field.equals(CommonFields.URL.name())) {
            return shortened(withoutSecrets(String.valueOf(value)));
        }
        if (ServiceFields.isSecret(field)) {
            return value instanceof Map<?, ?> members ? blanked(members) : BLANK;
        }
        return plain(value);
    }

    private static Map<String, Object> blanked(Map<?, ?> headers) {
        Map<String, Object> blanked = new LinkedHashMap<>();
        for (Object name : headers.keySet()) {
            if (blanked.size() == MAX_MEMBERS) {
                break;
            }
            blanked.put(shortened(String.valueOf(name)), BLANK);
        }
        return blanked;
    }

    /** Only scheme, host, port and path. */
    static String withoutSecrets(String url) {
        int end = url.length();
        for (char c : new char[] {'?', '#'}) {
            int at = url.indexOf(c);
            end = at < 0 ? end : Math.min(end, at);
        }
        String plain = url.substring(0, end);
        int authority = plain.indexOf("://") + 3;
        int path = plain.indexOf('/', authority);
        int user = plain.lastIndexOf('@', path < 0 ? plain.length() : path);
        return user < authority ? plain : plain.substring(0, authority) + plain.substring(user + 1);
    }

    /** Numbers, booleans and nulls unchanged; texts and collections shortened. */
    public static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.entrySet().stream()
                    .limit(MAX_MEMBERS)
                    .forEach(entry -> plain.put(shortened(String.valueOf(entry.getKey())), plain(entry.getValue())));
            return plain;
        }
        if (value instanceof Collection<?> list) {
            List<?> plain =
                    list.stream().limit(MAX_MEMBERS).map(AuditValues::plain).toList();
            return plain;
        }
        return shortened(String.valueOf(value));
    }

    static String shortened(String text) {
        return Excerpt.of(text, MAX_TEXT);
    }
}
