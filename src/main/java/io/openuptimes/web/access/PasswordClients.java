package io.openuptimes.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.Session;
import io.openuptimes.runtime.Caches;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers that have signed in before from strangers: by their credentials, their browser's mark, or their
 * address, which this process remembers. Thread-safe.
 */
final class PasswordClients {

    private static final int ADDRESSES = 1_000;

    private final ClientAddress addresses;
    private final LongSupplier clock;
    private final StrictCookie cookie;
    private final Cache<String, Boolean> signedIn = Caches.atMost(ADDRESSES).build();

    /**
     * @param cookie holds the mark
     * @param clock epoch milliseconds
     */
    PasswordClients(ClientAddress addresses, StrictCookie cookie, LongSupplier clock) {
        this.addresses = addresses;
        this.clock = clock;
        this.cookie = cookie;
    }

    /**
     * @param passwordHash the stored hash; null if there is none
     */
    PasswordClient of(RoutingContext context, @Nullable String passwordHash) {
        Session session = Access.session(context);
        if (session != null) {
            return new PasswordClient("session " + session.tokenHash(), true);
        }
        Caller caller = Access.caller(context);
        if (caller.kind() != Caller.Kind.ANONYMOUS) {
            return new PasswordClient(caller.kind() + " " + caller.id(), true);
        }
        String browser = browser(context, passwordHash);
        String address = addresses.of(context.request());
        return browser == null
                ? new PasswordClient(address, hasSignedIn(address))
                : new PasswordClient("browser " + browser, true);
    }

    /** Remembers the address, and sets or renews the browser's mark. */
    void signedIn(RoutingContext context, String passwordHash) {
        signedIn.put(addresses.of(context.request()), true);
        String known = browser(context, passwordHash);
        String browser = known == null ? Secrets.id() : known;
        cookie.set(context, BrowserMark.issue(browser, passwordHash, clock.getAsLong()), BrowserMark.SECONDS);
    }

    private @Nullable String browser(RoutingContext context, @Nullable String passwordHash) {
        String mark = passwordHash == null ? null : cookie.of(context.request());
        return mark == null || passwordHash == null ? null : BrowserMark.verify(mark, passwordHash, clock.getAsLong());
    }

    private boolean hasSignedIn(String address) {
        return signedIn.getIfPresent(address) != null;
    }
}
