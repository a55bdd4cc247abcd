package io.openuptimes.web.access;

import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.CredentialsEnded;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Session;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Client;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.Mount;
import io.openuptimes.web.http.Permission;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards every route except the probes: applies rate limits, identifies callers and authorizes them.
 *
 * <p>A Bearer credential takes precedence over a cookie, and an invalid one is a 401 on every route. A single instance
 * serves the whole process, so that limits are not per event loop. Thread-safe.
 */
public final class Access {

    static final String CSRF_HEADER = "X-CSRF-Token";

    /** Methods that change nothing. */
    static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    static final int FAILURES_A_MINUTE = 30;
    private static final int CLIENTS = 100_000;
    private static final String CALLER = Caller.class.getName();
    private static final String SESSION = Session.class.getName();

    private final Vertx vertx;
    private final ClientAddress addresses;
    private final StoredKeys stored;
    private final Identification identification;
    private final Sessions sessions;
    private final Rights rights;
    private final StrictCookie cookie;
    private final PasswordAttempts passwordAttempts;
    private final SetupToken setupToken;
    private final Allowances allowances;
    private final List<Consumer<Caller.Kind>> endListeners = new CopyOnWriteArrayList<>();

    /**
     * @param vertx with a {@link Bus} that a store is registered on
     * @param setupToken of this process
     * @param clock wall clock
     * @throws IllegalArgumentException if a trusted proxy is not an address; the message names the setting
     */
    public Access(Vertx vertx, Settings.Http http, Settings.Access access, SetupToken setupToken, Clock clock) {
        this(vertx, http, access, setupToken, clock::millis, System::nanoTime);
    }

    /** Also replaces the nanosecond clock. */
    Access(
            Vertx vertx,
            Settings.Http http,
            Settings.Access access,
            SetupToken setupToken,
            LongSupplier clock,
            LongSupplier nanoClock) {
        Bus bus = Bus.of(vertx);
        this.vertx = vertx;
        this.addresses = ClientAddress.of(http.proxies());
        Mount mount = Mount.install(
                vertx,
                new Mount(
                        http.basePath(),
                        new OuterAddress(addresses, http.proxies().prefixes())));
        FailureLimiter failures = new FailureLimiter(FAILURES_A_MINUTE, CLIENTS, nanoClock);
        this.stored = new StoredKeys(bus, clock, nanoClock);
        this.sessions = new Sessions(bus, clock, nanoClock);
        this.rights = new Rights(vertx, clock, nanoClock);
        this.cookie = new StrictCookie(StrictCookie.SESSION, addresses, mount);
        this.identification = new Identification(
                addresses,
                new RateLimiter(http.rateLimit(), CLIENTS, nanoClock),
                new BearerKeys(bus, access.apiKey(), setupToken, stored, failures),
                sessions,
                cookie);
        this.passwordAttempts = new PasswordAttempts(
                addresses, new StrictCookie(StrictCookie.BROWSER, addresses, mount), failures, clock, nanoClock);
        this.setupToken = setupToken;
        this.allowances = new Allowances(http.maxEventStreams());
        bus.listen(AccessMessage.CREDENTIALS_ENDED, this::endedElsewhere);
    }

    private void endedElsewhere(CredentialsEnded ended) {
        if (ended.keys()) {
            keyRevoked();
        }
        if (ended.sessions()) {
            sessionsEnded();
        }
    }

    /**
     * Enforces a route's access requirements before the body is read: applies the rate limit, then identifies the
     * caller. Invalid credentials are a 401 on public routes too.
     */
    public Handler<RoutingContext> guards(Guard guard) {
        if (!guard.callers()) {
            return RoutingContext::next;
        }
        return context -> {
            Rights.Look look = rights.look();
            Future<Identity> identity = identification.of(context, guard);
            if (identity.isComplete()) {
                settle(context, guard, look, identity);
            } else {
                settleLater(context, guard, look, identity);
            }
        };
    }

    /** Whether the request used TLS, to this server or to a trusted proxy. */
    public boolean isSecure(HttpServerRequest request) {
        return addresses.isSecure(request);
    }

    /** The caller's IP address, as reported by trusted proxies if there are any. */
    public String address(HttpServerRequest request) {
        return addresses.exactly(request);
    }

    /** The caller found by {@link #guards}. */
    public static Caller caller(RoutingContext context) {
        Caller caller = context.get(CALLER);
        return caller == null ? Caller.ANONYMOUS : caller;
    }

    /** The caller's authority to change services. The store verifies it again before it writes the change. */
    public static Authority authority(RoutingContext context) {
        Supplier<Future<Void>> confirm = Permission.of(context);
        return new Authority(caller(context).limits().selector(), () -> confirm.get()
                .recover(failure -> Future.failedFuture(
                        failure instanceof ApiException refusal
                                ? new Refused(refusal.status(), String.valueOf(refusal.getMessage()))
                                : failure)));
    }

    /** The session that the caller's cookie belongs to; null if there is none. */
    public static @Nullable Session session(RoutingContext context) {
        return context.get(SESSION);
    }

    /** The limit on wrong passwords. */
    public PasswordAttempts passwordAttempts() {
        return passwordAttempts;
    }

    /** The limits on concurrent work. */
    public Allowances allowances() {
        return allowances;
    }

    /** Starts a session, and sets its cookie and the browser's mark. */
    public Future<Session> signIn(RoutingContext context, Installation installation) {
        return sessions.start(installation.sessionEpoch()).map(started -> {
            cookie.set(context, started.token());
            if (installation.passwordHash() != null) {
                passwordAttempts.signedIn(context, installation.passwordHash());
            }
            return started.session();
        });
    }

    /** Ends the caller's session, if any, and clears the cookie. */
    public Future<Void> signOut(RoutingContext context) {
        Session session = session(context);
        Future<Void> ended = session == null ? Future.succeededFuture() : sessions.end(session);
        return ended.onSuccess(done -> {
            cookie.clear(context);
            ended(Caller.Kind.SESSION);
        });
    }

    /** Call this when a new epoch has ended every session. */
    public void sessionsEnded() {
        sessions.forgetAll();
        ended(Caller.Kind.SESSION);
    }

    /** Clears the caller's cookie after all sessions have ended. */
    public void clearCookie(RoutingContext context) {
        cookie.clear(context);
    }

    /** Call this when a key was revoked; this node rejects it at once. */
    public void keyRevoked() {
        stored.forgetAll();
        ended(Caller.Kind.STORED_KEY);
    }

    /**
     * Registers a listener that is called when credentials may have ended, for work that outlives the check at its
     * start.
     *
     * @param listener receives the kind of credentials; called on any thread
     * @return unregisters the listener
     */
    public Runnable onCredentialsEnded(Consumer<Caller.Kind> listener) {
        endListeners.add(listener);
        return () -> endListeners.remove(listener);
    }

    private void ended(Caller.Kind kind) {
        rights.ended();
        endListeners.forEach(listener -> listener.accept(kind));
    }

    /** Ends the setup token when the setup is complete. */
    public void setupCompleted() {
        setupToken.end();
    }

    /**
     * A shared lookup may complete on another thread. The request resumes on its own context; until then its body is
     * paused.
     */
    private void settleLater(RoutingContext context, Guard guard, Rights.Look look, Future<Identity> identity) {
        HttpServerRequest request = context.request();
        Context own = vertx.getOrCreateContext();
        boolean bodyToCome = !request.isEnded();
        if (bodyToCome) {
            request.pause();
        }
        identity.onComplete(found -> own.runOnContext(then -> {
            settle(context, guard, look, found);
            if (bodyToCome) {
                request.resume();
            }
        }));
    }

    private void settle(RoutingContext context, Guard guard, Rights.Look look, AsyncResult<Identity> found) {
        Throwable failure = found.succeeded() ? refusal(context.request(), guard, found.result()) : found.cause();
        if (failure instanceof ApiException refused) {
            context.fail(refused.status(), refused);
        } else if (failure != null) {
            context.fail(failure);
        } else {
            Identity identity = found.result();
            Caller caller = identity.caller();
            context.put(CALLER, caller);
            boolean anonymous = caller.kind() == Caller.Kind.ANONYMOUS;
            HttpServerRequest request = context.request();
            Client.set(context, () -> identification.name(caller, request), !anonymous);
            if (identity.session() != null) {
                context.put(SESSION, identity.session());
            }
            if (!anonymous) {
                Permission.put(
                        context,
                        rights.right(identity, look, before -> identification.again(request, before))::confirm);
            }
            context.next();
        }
    }

    private static @Nullable ApiException refusal(HttpServerRequest request, Guard guard, Identity identity) {
        Session session = identity.session();
        if (session != null && (guard.acts() || !SAFE.contains(request.method()))) {
            String token = request.getHeader(CSRF_HEADER);
            if (token == null || !Secrets.equal(session.csrfToken(), token)) {
                return Refusals.csrf();
            }
        }
        Caller caller = identity.caller();
        boolean bySetupToken = guard.setupToken() && caller.kind() == Caller.Kind.SETUP_TOKEN;
        if (guard.scope() == null || bySetupToken) {
            return null;
        }
        if (caller.may(guard.scope())) {
            return guard.confined() || !caller.sight().isConfined() ? null : Refusals.confined();
        }
        return caller.kind() == Caller.Kind.ANONYMOUS ? Refusals.missing() : Refusals.scope(guard.scope());
    }
}
