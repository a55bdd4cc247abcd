package io.openuptimes.web;

import static io.openuptimes.bus.AccessMessage.CHANGE_PASSWORD;
import static io.openuptimes.bus.AccessMessage.END_SESSIONS;
import static io.openuptimes.bus.AccessMessage.GET_INSTALLATION;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.openuptimes.bus.AccessMessage.ChangePassword;
import io.openuptimes.bus.AccessMessage.EndSessions;
import io.openuptimes.bus.AccessMessage.GetInstallation;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Session;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.PasswordAttempts.Purpose;
import io.openuptimes.web.access.PasswordClient;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fields;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.Permission;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sign-in, sign-out of one or all sessions, and password changes. */
public final class AuthHandler {

    private static final Logger log = LoggerFactory.getLogger(AuthHandler.class);

    private final Bus bus;
    private final Access access;
    private final Passwords passwords;

    public AuthHandler(Bus bus, Access access, Passwords passwords) {
        this.bus = bus;
        this.access = access;
        this.passwords = passwords;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("login", POST, "/api/auth/login", Guard.WITHOUT_COOKIES, this::login),
                Endpoint.open("logout", POST, "/api/auth/logout", this::logout),
                new Endpoint("getSession", GET, "/api/auth/session", Guard.PERSONAL, this::session),
                Endpoint.guarded("endSessions", DELETE, "/api/auth/sessions", Scope.ADMIN, this::endSessions),
                Endpoint.guarded("changePassword", PUT, "/api/auth/password", Scope.ADMIN, this::changePassword));
    }

    private void login(RoutingContext context) {
        String password =
                Fields.of(JsonBody.required(context), "password").required("password", 1, Passwords.MAX_LENGTH);
        installation()
                .compose(installation -> verified(context, password, installation, Purpose.SIGN_IN)
                        .onFailure(failure -> noteRefused(context, failure))
                        .compose(right -> access.signIn(context, installation)))
                .onFailure(context::fail)
                .onSuccess(session -> {
                    log.info("signed in from {}", access.address(context.request()));
                    AuditNote.of(context).signedIn();
                    Answers.json(context, tokens(context, new JsonObject().put("success", true), session));
                });
    }

    private static void noteRefused(RoutingContext context, Throwable failure) {
        if (failure instanceof ApiException) { // other failures are not about the password
            AuditNote.of(context).failed();
        }
    }

    private void logout(RoutingContext context) {
        if (Access.session(context) == null) {
            AuditNote.of(context).omit(); // otherwise strangers could fill the log
        }
        access.signOut(context)
                .onFailure(context::fail)
                .onSuccess(done -> Answers.json(context, success("Signed out")));
    }

    private void session(RoutingContext context) {
        Session session = Access.session(context);
        JsonObject body = new JsonObject().put("authenticated", session != null);
        Answers.json(context, session == null ? body : tokens(context, body, session));
    }

    private void endSessions(RoutingContext context) {
        bus.request(END_SESSIONS, new EndSessions()).onFailure(context::fail).onSuccess(done -> {
            access.sessionsEnded();
            access.clearCookie(context);
            log.info("all sessions ended by {}", Access.caller(context).id());
            Answers.json(context, success("All sessions ended"));
        });
    }

    private void changePassword(RoutingContext context) {
        Fields fields = Fields.of(JsonBody.required(context), "currentPassword", "newPassword");
        String current = fields.optional("currentPassword", 0, Passwords.MAX_LENGTH);
        String next = fields.required("newPassword", Passwords.MIN_LENGTH, Passwords.MAX_LENGTH);
        installation()
                .compose(installation -> mayChange(context, current, installation)
                        .compose(right -> passwords.hash(
                                access.passwordAttempts().client(context, installation.passwordHash()), next)))
                .compose(hash -> Permission.confirm(context).map(hash)) // hashing takes a while
                .compose(hash -> bus.request(CHANGE_PASSWORD, new ChangePassword(hash)))
                .compose(changed -> renewed(context, changed))
                .onFailure(context::fail)
                .onSuccess(session -> {
                    log.info("password changed by {}", Access.caller(context).id());
                    JsonObject body = success("Password changed");
                    Answers.json(context, session == null ? body : tokens(context, body, session));
                });
    }

    /** Without a password, only a caller with a key gets here, and there is no current password to ask for. */
    private Future<Void> mayChange(RoutingContext context, @Nullable String current, Installation installation) {
        if (installation.passwordHash() == null) {
            return Future.succeededFuture();
        }
        return current == null
                ? Future.failedFuture(Errors.invalid("currentPassword", "is required"))
                : verified(context, current, installation, Purpose.PASSWORD_CHANGE)
                        .onFailure(failure -> noteRefused(context, failure));
    }

    /** Replaces the caller's own session with a new one; all other sessions have ended. */
    private Future<@Nullable Session> renewed(RoutingContext context, Installation changed) {
        access.sessionsEnded();
        if (Access.session(context) == null) {
            return Future.succeededFuture();
        }
        // the password is changed in any case; without a new session, the caller signs in again
        return access.signIn(context, changed)
                .<@Nullable Session>map(session -> session)
                .otherwiseEmpty();
    }

    private Future<Void> verified(RoutingContext context, String password, Installation installation, Purpose purpose) {
        String hash = installation.passwordHash();
        if (hash == null) {
            return Future.failedFuture(new ApiException(401, "No password is set: setup is not complete"));
        }
        PasswordClient client = access.passwordAttempts().client(context, hash);
        return access.passwordAttempts()
                .attempt(context, client, purpose, () -> passwords.verify(client, password, hash))
                .compose(right -> {
                    if (right) {
                        return Future.succeededFuture();
                    }
                    access.passwordAttempts().failed(context, purpose);
                    return Future.failedFuture(new ApiException(
                            401, purpose == Purpose.SIGN_IN ? "Wrong password" : "Wrong current password"));
                });
    }

    private Future<Installation> installation() {
        return bus.request(GET_INSTALLATION, new GetInstallation());
    }

    private static JsonObject success(String message) {
        return new JsonObject().put("success", true).put("message", message);
    }

    private static JsonObject tokens(RoutingContext context, JsonObject body, Session session) {
        ContentCoding.never(context);
        return body.put("csrfToken", session.csrfToken()).put("expiresAt", session.expiresAt());
    }
}
