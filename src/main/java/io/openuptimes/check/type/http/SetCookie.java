package io.openuptimes.check.type.http;

import io.netty.handler.codec.DateFormatter;
import io.openuptimes.model.Target;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses a {@code Set-Cookie} header as leniently as browsers (RFC 6265bis, sections 5.6 and 5.7). */
final class SetCookie {

    /** Total characters of name and value. */
    static final int MAX_SIZE = 4_096;

    private static final int MAX_ATTRIBUTE = 1_024;

    /** Netty's parser, which implements RFC 6265, throws if a date is longer. */
    private static final int MAX_DATE = 64;

    private final Target from;
    private final long now;
    private String domain = "";
    private String path = "";
    private boolean secure;
    /** Max-Age takes precedence over Expires regardless of their order; null if absent. */
    private @Nullable Boolean expiredByAge;

    private boolean expiredByDate;

    private SetCookie(Target from, long now) {
        this.from = from;
        this.now = now;
    }

    /**
     * @param from the URL that answered
     * @param now epoch milliseconds
     * @return null if a browser would reject the cookie
     */
    static @Nullable Cookie parse(String header, Target from, long now) {
        if (header.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
            return null;
        }
        int end = endOfPart(header, 0);
        String pair = header.substring(0, end);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).trim();
        String value = pair.substring(equals + 1).trim();
        if ((name.isEmpty() && value.isEmpty()) || name.length() + value.length() > MAX_SIZE) {
            return null;
        }
        SetCookie parsed = new SetCookie(from, now);
        parsed.readAttributes(header, end);
        return parsed.cookie(name, value);
    }

    private static int endOfPart(String header, int start) {
        int end = header.indexOf(';', start);
        return end < 0 ? header.length() : end;
    }

    private void readAttributes(String header, int start) {
        for (int at = start; at < header.length(); ) {
            int end = endOfPart(header, at + 1);
            String part = header.substring(at + 1, end);
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1).trim();
            if (value.length() <= MAX_ATTRIBUTE) {
                readAttribute(name.trim().toLowerCase(Locale.ROOT), value);
            }
            at = end;
        }
    }

    private void readAttribute(String name, String value) {
        switch (name) {
            case "domain" -> domain = (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
            case "path" -> path = value.startsWith("/") ? value : "";
            case "secure" -> secure = true;
            case "max-age" -> {
                if (value.matches("-?[0-9]+")) {
                    expiredByAge = value.matches("-.*|0+");
                }
            }
            case "expires" -> {
                Date date = value.isEmpty() || value.length() > MAX_DATE ? null : DateFormatter.parseHttpDate(value);
                if (date != null) {
                    expiredByDate = date.toInstant().toEpochMilli() <= now;
                }
            }
            default -> {
                // HttpOnly, SameSite and others do not concern a client without pages
            }
        }
    }

    private @Nullable Cookie cookie(String name, String value) {
        String host = Cookie.host(from);
        if ((!domain.isEmpty() && !mayBeSet(domain, host))
                || (secure && !Cookie.isSecure(from))
                || !keepsItsPrefix(name.isEmpty() ? value : name, name.isEmpty())) {
            return null;
        }
        boolean hostOnly = domain.isEmpty() || domain.indexOf('.') < 0 || from.isAddress();
        return new Cookie(
                name,
                value,
                hostOnly ? host : domain,
                hostOnly,
                path.isEmpty() ? directory(from.path()) : path,
                secure,
                expiredByAge != null ? expiredByAge : expiredByDate);
    }

    /**
     * Does not use a list of public suffixes: only single-label domains are rejected. Accepting {@code co.uk} is
     * harmless here, because the servers of a redirect chain can pass each other anything in their URLs anyway.
     */
    private boolean mayBeSet(String domain, String host) {
        return domain.equals(host) || (!from.isAddress() && domain.indexOf('.') > 0 && Cookie.isWithin(host, domain));
    }

    private boolean keepsItsPrefix(String name, boolean nameless) {
        boolean toSecure = startsWith(name, "__Secure-");
        boolean toHost = startsWith(name, "__Host-");
        if (nameless) {
            return !toSecure && !toHost;
        }
        return (!toSecure || secure) && (!toHost || (secure && domain.isEmpty() && path.equals("/")));
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** The default path of a cookie (section 5.1.4). */
    private static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
