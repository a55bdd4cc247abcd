package io.openuptimes.check.type.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.openuptimes.check.net.Failure;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the redirects of one check (RFC 9110, section 15.4) and keeps the cookies that they set. As in browsers, 300,
 * 304 and 305 are final answers.
 */
final class Redirects {

    static final int MOST = 10;

    /** Relative redirects can grow: each is appended to the previous path. */
    static final int MAX_LOCATION = 8_192;

    /** Identifies a request for loop detection; the same URL with other cookies may have another answer. */
    private record Visit(
            Method method, Target target, @Nullable String cookies) {

        static Visit of(Hop hop) {
            return new Visit(hop.method(), hop.target(), hop.cookies());
        }
    }

    private final long now;
    private final Set<Visit> visited = new HashSet<>();
    private @Nullable CookieJar jar;
    /** The service's own cookies, until the redirects leave its origin. */
    private @Nullable String ownCookies;

    /**
     * @param now epoch milliseconds
     */
    Redirects(long now) {
        this.now = now;
    }

    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /**
     * The request that the answer to {@code from} demands, or why there is none.
     *
     * @param setCookies the answer's {@code Set-Cookie} headers
     */
    Next follow(Hop from, int status, String location, List<String> setCookies) {
        if (visited.isEmpty()) {
            ownCookies = from.cookies();
        }
        visited.add(Visit.of(from));
        if (visited.size() > MOST) {
            return failure("more than " + MOST + " redirects");
        }
        if (location.length() > MAX_LOCATION) {
            return failure("redirect with a Location of more than " + MAX_LOCATION + " characters");
        }
        Target target;
        try {
            target = from.target().resolve(unicode(location.strip()));
        } catch (IllegalArgumentException e) {
            return failure("redirect to an invalid http or https URL");
        }
        Hop sent = becomesGet(status, from.method()) ? from.asGet() : from;
        if (!from.target().hasOriginOf(target) && !isSafe(sent.method())) {
            return failure("redirect would repeat " + sent.method() + " on another origin");
        }
        Hop next = withCookies(from.target(), sent.to(target), setCookies);
        return visited.contains(Visit.of(next)) ? failure("redirect loop") : next;
    }

    private Hop withCookies(Target from, Hop next, List<String> setCookies) {
        if (!from.hasOriginOf(next.target())) {
            ownCookies = null;
        }
        if (!setCookies.isEmpty()) {
            jar = jar == null ? new CookieJar(now) : jar;
            jar.take(from, setCookies);
        }
        return jar == null ? next : next.withCookies(jar.header(next.target(), ownCookies));
    }

    private static boolean becomesGet(int status, Method method) {
        return switch (status) {
            case 303 -> method != Method.HEAD;
            case 301, 302 -> method == Method.POST;
            default -> false;
        };
    }

    /** GET and HEAD may follow to other origins: they change nothing and have no body. */
    private static boolean isSafe(Method method) {
        return method == Method.GET || method == Method.HEAD;
    }

    /** Headers are decoded as Latin-1, but a server that did not encode its URL most likely used UTF-8. */
    private static String unicode(String location) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(location.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return location;
        }
    }

    private static Next.End failure(String text) {
        return new Next.End(new Failure(Outcome.REDIRECT, text));
    }
}
