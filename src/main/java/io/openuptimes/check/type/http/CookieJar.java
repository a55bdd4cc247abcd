package io.openuptimes.check.type.http;

import io.openuptimes.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one check, set by redirecting answers. Without them, sign-ins, language choices and cookie tests would
 * redirect forever. The next check starts without cookies.
 *
 * <p>Limited in number and size; the oldest are dropped first. Belongs to one event loop.
 */
final class CookieJar {

    static final int MOST = 50;

    /** Total characters: the usual limit of servers for a header line. */
    static final int MAX_SIZE = 16_384;

    private static final Comparator<Cookie> LONGEST_PATH_FIRST =
            Comparator.comparing(cookie -> -cookie.path().length());

    private final long now;
    /** Oldest first. */
    private final List<Cookie> cookies = new ArrayList<>();

    private int size;

    /**
     * @param now epoch milliseconds; the clock does not advance during the check, which is short
     */
    CookieJar(long now) {
        this.now = now;
    }

    /**
     * @param from the URL that answered
     * @param headers its {@code Set-Cookie} headers, as Latin-1
     */
    void take(Target from, List<String> headers) {
        for (String header : headers) {
            Cookie cookie = SetCookie.parse(header, from, now);
            if (cookie != null && (Cookie.isSecure(from) || cookies.stream().noneMatch(cookie::hides))) {
                put(cookie);
            }
        }
    }

    private void put(Cookie cookie) {
        int at = 0;
        while (at < cookies.size() && !cookie.replaces(cookies.get(at))) {
            at++;
        }
        if (at < cookies.size()) {
            size -= cookies.remove(at).size();
        }
        if (!cookie.expired()) {
            cookies.add(at, cookie);
            size += cookie.size();
        }
        while (cookies.size() > MOST || size > MAX_SIZE) {
            size -= cookies.remove(0).size();
        }
    }

    /**
     * The {@code Cookie} header of a request.
     *
     * @param own the service's cookies, if they are sent to this URL; cookies of the jar override those of the same
     *     name
     * @return null for none
     */
    @Nullable
    String header(Target to, @Nullable String own) {
        List<Cookie> sent = cookies.stream()
                .filter(cookie -> cookie.goesTo(to))
                .sorted(LONGEST_PATH_FIRST)
                .toList();
        if (sent.isEmpty()) {
            return own;
        }
        List<String> pairs = new ArrayList<>();
        if (own != null) {
            Set<String> names = sent.stream().map(Cookie::name).collect(Collectors.toSet());
            for (String pair : own.split(";", -1)) {
                String trimmed = pair.trim();
                if (!trimmed.isEmpty() && !names.contains(name(trimmed))) {
                    pairs.add(trimmed);
                }
            }
        }
        sent.forEach(cookie -> pairs.add(cookie.pair()));
        return String.join("; ", pairs);
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(0, equals).trim();
    }
}
