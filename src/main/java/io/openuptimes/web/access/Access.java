package io.openuptimes.web.access;

import io.openuptimes.bus.AccessMessage.CredentialsEnded;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Session;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Client;
import io.openuptimes.web.http.FairShares;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.intake.BodyBudget;
import io.openuptimes.web.intake.HeldBytes;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands before every route but the probes: limits the rate, finds out who calls, and says whether they may.
 *
 * <p>A Bearer credential wins over a cookie, and a wrong one is a 401 everywhere. One instance serves the whole
 * process, or its limits would count for each event loop alone; it is thread-safe.
 */
public final class Access {

    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final Logger log = LoggerFactory.getLogger(Access.class);
    private static final int FAILURES_A_MINUTE = 30;
    /** Lines a minute. */
    private static final int FAILED_SIGN_INS_LOGGED = 10;

    private static final int CLIENTS = 100_000;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String CALLER = Caller.class.getName();
    private static final String SESSION = Session.class.getName();

    private final Vertx vertx;
    private final ClientAddress addresses;
    private final RateLimiter requests;
    private final FailureLimiter failures;
    private final StoredKeys stored;
    private final BearerKeys keys;
    private final Sessions sessions;
    private final Rights rights;
    private final StrictCookie cookie;
    private final PasswordClients passwordClients;
    private final Throttle failedSignIns;
    private final SetupToken setupToken;
    private final FairShares streams;
    private final CallerLimit longReads = new CallerLimit("reads of long histories", 100, 20);
    private final CallerLimit pings = new CallerLimit("pings", 200, 40);
    private final CallerLimit exports = new CallerLimit("histories under way", 50, 5);
    private final BodyBudget bodies = BodyBudget.of(Runtime.getRuntime().maxMemory());
    private final List<Consumer<Caller.Kind>> endListeners = new CopyOnWriteArrayList<>();

    /**
     * @param vertx with a {@link Bus} on which a store answers
     * @param setupToken of this process
     * @param clock tells the time of day
     * @throws IllegalArgumentException if a trusted proxy is no address; the message names the setting
     */
    public Access(Vertx vertx, Settings.Http http, Settings.Access access, SetupToken setupToken, Clock clock) {
        this(vertx, http, access, setupToken, clock::millis, System::nanoTime);
    }

    /** With another clock of nanoseconds, too. */
    Access(
            Vertx vertx,
            Settings.Http http,
            Settings.Access access,
            SetupToken setupToken,
            LongSupplier clock,
            LongSupplier nanoClock) {
        Bus bus = Bus.of(vertx);
        this.vertx = vertx;
        this.addresses = new ClientAddress(http.trustedProxies());
        this.requests = new RateLimiter(http.rateLimit(), CLIENTS, nanoClock);
        this.failures = new FailureLimiter(FAILURES_A_MINUTE, CLIENTS, nanoClock);
        this.stored = new StoredKeys(bus, clock, nanoClock);
        this.keys = new BearerKeys(bus, access.apiKey(), setupToken, stored, failures);
        this.sessions = new Sessions(bus, clock, nanoClock);
        this.rights = new Rights(vertx, clock, nanoClock);
        this.cookie = new StrictCookie(StrictCookie.SESSION, addresses);
        this.passwordClients = new PasswordClients(addresses, clock);
        this.failedSignIns = new Throttle(FAILED_SIGN_INS_LOGGED, TimeUnit.MINUTES.toNanos(1), nanoClock);
        this.setupToken = setupToken;
        this.streams = new FairShares(streams(http.maxEventStreams()));
        bus.listen(Addresses.CREDENTIALS_ENDED, this::endedElsewhere);
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
     * Whatever a route asks of its callers, before the body is read: keeps to the rate limit and finds out who calls;
     * wrong credentials are a 401 on public routes too.
     */
    public Handler<RoutingContext> guards(Guard guard) {
        if (!guard.callers()) {
            return RoutingContext::next;
        }
        return context -> {
            Rights.Look look = rights.look();
            Future<Identity> identity = identify(context.request(), guard);
            if (identity.isComplete()) {
                settle(context, guard, look, identity);
            } else {
                settleLater(context, guard, look, identity);
            }
        };
    }

    /** The caller by the same credentials, some time later; empty where they have ended. */
    private Future<Optional<Identity>> again(HttpServerRequest request, Identity before) {
        boolean anew = !SAFE.contains(request.method());
        if (before.session() != null) {
            String token = cookie.of(request);
            Future<Optional<Session>> found = token == null
                    ? Future.succeededFuture(Optional.empty())
                    : anew ? sessions.findAnew(token) : sessions.find(token);
            return found.map(session -> session.map(Identity::of));
        }
        String key = bearer(request);
        return key == null
                ? Future.succeededFuture(Optional.empty())
                : keys.again(key, anew).map(caller -> caller.map(known -> new Identity(known, null)));
    }

    /** Whether a request came by TLS, to here or to a trusted proxy. */
    public boolean isSecure(HttpServerRequest request) {
        return addresses.isSecure(request);
    }

    /** The caller's IP address, as far as trusted proxies tell. */
    public String address(HttpServerRequest request) {
        return addresses.exactly(request);
    }

    /** The caller that the handler above found. */
    public static Caller caller(RoutingContext context) {
        Caller caller = context.get(CALLER);
        return caller == null ? Caller.ANONYMOUS : caller;
    }

    /** By what right the caller changes services; the store looks at it again before the change is written. */
    public static Authority authority(RoutingContext context) {
        Supplier<Future<Void>> confirm = Permission.of(context);
        return new Authority(caller(context).limits().selector(), () -> confirm.get()
                .recover(failure -> Future.failedFuture(
                        failure instanceof ApiException refusal
                                ? new Refused(refusal.status(), String.valueOf(refusal.getMessage()))
                                : failure)));
    }

    /** The name under which the caller's share of anything is counted: its key, or its address's network. */
    public static String client(RoutingContext context) {
        return Client.name(context);
    }

    /** The session by whose cookie the caller is known; null for callers without one. */
    public static @Nullable Session session(RoutingContext context) {
        return context.get(SESSION);
    }

    /**
     * On whose account the caller's passwords are hashed and failures counted.
     *
     * @param passwordHash the stored one; null if there is none
     */
    public PasswordClient passwordClient(RoutingContext context, @Nullable String passwordHash) {
        return passwordClients.of(context, passwordHash);
    }

    /**
     * Checks a password under the limit of failed credentials.
     *
     * @return what the check says; fails with a 429 instead where the limit is used up
     */
    public Future<Boolean> attempt(PasswordClient client, Supplier<Future<Boolean>> check) {
        int wait = failures.take(client.name());
        if (wait > 0) {
            return Future.failedFuture(Refusals.tooManyFailures(wait));
        }
        return check.get().onComplete(checked -> {
            if (checked.failed() || checked.result()) {
                failures.giveBack(client.name());
            }
        });
    }

    /** Somebody guessed a password. */
    public void passwordFailed(RoutingContext context) {
        long before = failedSignIns.pass();
        if (before != Throttle.HELD_BACK) {
            String more = before == 0 ? "" : "; " + before + " more since the last such line";
            log.warn("failed sign-in from {}{}", addresses.of(context.request()), more);
        }
    }

    /** Starts a session and gives the caller its cookie, and its browser a mark. */
    public Future<Session> signIn(RoutingContext context, Installation installation) {
        return sessions.start(installation.sessionEpoch()).map(started -> {
            cookie.set(context, started.token());
            if (installation.passwordHash() != null) {
                passwordClients.signedIn(context, installation.passwordHash());
            }
            return started.session();
        });
    }

    /** Ends the caller's session, if there is one, and clears the cookie. */
    public Future<Void> signOut(RoutingContext context) {
        Session session = session(context);
        Future<Void> ended = session == null ? Future.succeededFuture() : sessions.end(session);
        return ended.onSuccess(done -> {
            cookie.clear(context);
            ended(Caller.Kind.SESSION);
        });
    }

    /** Every session has ended by a new epoch. */
    public void sessionsEnded() {
        sessions.forgetAll();
        ended(Caller.Kind.SESSION);
    }

    /** The caller's session, if there was one, has ended with all others: clears its cookie. */
    public void clearCookie(RoutingContext context) {
        cookie.clear(context);
    }

    /** A key was revoked: on this node it is dead at once. */
    public void keyRevoked() {
        stored.forgetAll();
        ended(Caller.Kind.STORED_KEY);
    }

    /**
     * Tells when credentials may have ended, for what goes on after a request was let in.
     *
     * @param listener told of what kind; called on any thread
     * @return to be run to hear no more
     */
    public Runnable onCredentialsEnded(Consumer<Caller.Kind> listener) {
        endListeners.add(listener);
        return () -> endListeners.remove(listener);
    }

    private void ended(Caller.Kind kind) {
        rights.ended();
        endListeners.forEach(listener -> listener.accept(kind));
    }

    /** So many event streams: a tenth for one caller at most, and a tenth reserved for callers with a key or a session. */
    private static FairShares.Bounds streams(int max) {
        return new FairShares.Bounds("event streams", max, Math.max(1, max / 10), max / 10);
    }

    /**
     * Counts an event stream, or a request that waits. If all places are taken, it may cost the caller with the most
     * streams its oldest.
     *
     * @throws ApiException 429 or 503 if there are too many
     */
    public FairShares.Share takeStream(RoutingContext context) {
        return streams.take(Client.name(context), Client.isKnown(context), 1);
    }

    /**
     * Counts a read that may go through all that is kept of a service.
     *
     * @return to be run once, when it has ended
     * @throws ApiException 429 or 503 if there are too many
     */
    public Runnable takeLongRead(RoutingContext context) {
        return longReads.take(client(context));
    }

    /** Counts a history that is sent as a whole, at the pace of who takes it; as {@link #takeLongRead}. */
    public Runnable takeExport(RoutingContext context) {
        return exports.take(client(context));
    }

    /** Counts a ping that may have to wait; as {@link #takeLongRead}. */
    public Runnable takePing(RoutingContext context) {
        return pings.take(client(context));
    }

    /** Where the bytes of a request under way are counted: the process's and the caller's. */
    public HeldBytes account(RoutingContext context) {
        return bodies.open(client(context), caller(context).kind() != Caller.Kind.ANONYMOUS);
    }

    /** Bytes that requests under way hold now. */
    public long heldBytes() {
        return bodies.held();
    }

    /** Event streams that are open now. */
    public long openStreams() {
        return streams.open();
    }

    /** The set-up is completed: its token ends. */
    public void setupCompleted() {
        setupToken.end();
    }

    private Future<Identity> identify(HttpServerRequest request, Guard guard) {
        String address = addresses.of(request);
        String key = bearer(request);
        if (key != null) {
            return keys.identify(key, address, guard.setupToken())
                    .compose(caller ->
                            limited(bucket(caller, address), caller.limits().rateLimit(), new Identity(caller, null)));
        }
        String token = guard.cookies() ? cookie.of(request) : null;
        Future<Identity> anonymous = limited(address, 0, Identity.ANONYMOUS);
        return token == null
                ? anonymous
                : anonymous.compose(unknown -> sessions.find(token)
                        .map(found -> found.map(Identity::of).orElse(unknown)));
    }

    private Future<Identity> limited(String client, int ownLimit, Identity identity) {
        int wait = requests.take(client, ownLimit);
        return wait > 0 ? Future.failedFuture(Refusals.tooManyRequests(wait)) : Future.succeededFuture(identity);
    }

    private static String bucket(Caller caller, String address) {
        return switch (caller.kind()) {
            case CONFIGURED_KEY -> "configured key";
            case STORED_KEY -> "key " + caller.id();
            default -> address;
        };
    }

    /** What follows {@code Bearer}, maybe nothing; null without such a header. */
    private static @Nullable String bearer(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer", 0, 6)) {
            return null;
        }
        return header.length() == 6 || header.charAt(6) == ' '
                ? header.substring(6).strip()
                : null;
    }

    /** The shared lookup may end on another thread; the request goes on where it began, its body waiting meanwhile. */
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
            context.put(CALLER, found.result().caller());
            Caller caller = found.result().caller();
            Client.set(
                    context, bucket(caller, addresses.of(context.request())), caller.kind() != Caller.Kind.ANONYMOUS);
            context.put(SESSION, found.result().session());
            HttpServerRequest request = context.request();
            Permission.put(context, rights.right(found.result(), look, before -> again(request, before))::confirm);
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
