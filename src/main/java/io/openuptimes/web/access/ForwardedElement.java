package io.openuptimes.web.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Forwarded}: pairs such as {@code for="[2001:db8::1]:4711"}, separated by semicolons. Quotes
 * around a value with colons or brackets are optional, because many proxies omit them.
 */
final class ForwardedElement {

    private static final Pattern NAME = Pattern.compile("[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=");
    private static final Pattern UNQUOTED = Pattern.compile("[^ \t\",;=\\\\]+");
    private static final Pattern END = Pattern.compile("[ \t]*(;|$)");
    /** An obfuscated port (RFC 7239, section 6.3). */
    private static final Pattern HIDDEN_PORT = Pattern.compile(":_[0-9A-Za-z._-]+$");

    private final String text;
    private int at;

    private ForwardedElement(String text) {
        this.text = text;
    }

    /** Null if malformed; silent if empty. */
    static @Nullable ProxyHop parse(String text) {
        Map<String, String> pairs = text.isBlank() ? Map.of() : new ForwardedElement(text).pairs();
        return pairs == null
                ? null
                : new ProxyHop(HIDDEN_PORT.matcher(value(pairs, "for")).replaceFirst(""), value(pairs, "proto"));
    }

    private static String value(Map<String, String> pairs, String name) {
        return Objects.requireNonNullElse(pairs.get(name), "");
    }

    private @Nullable Map<String, String> pairs() {
        Map<String, String> pairs = new HashMap<>();
        while (at < text.length()) {
            if (next(END) != null) {
                continue; // an empty pair
            }
            Matcher name = next(NAME);
            String value = name == null ? null : value();
            if (name == null || value == null || next(END) == null) {
                return null;
            }
            if (pairs.put(name.group(1).toLowerCase(Locale.ROOT), value) != null) {
                return null; // duplicate parameter
            }
        }
        return pairs;
    }

    private @Nullable String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        Matcher value = next(UNQUOTED);
        return value == null ? null : value.group();
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return value.toString();
            }
            if (c == '\\' && ++i == text.length()) {
                return null;
            }
            value.append(text.charAt(i));
        }
        return null;
    }

    /** Consumes a match at the current position. */
    private @Nullable Matcher next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }
}
