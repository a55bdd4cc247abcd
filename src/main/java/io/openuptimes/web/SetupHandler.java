package io.openuptimes.web;

import static io.openuptimes.bus.AccessMessage.COMPLETE_SETUP;
import static io.openuptimes.bus.AccessMessage.GET_INSTALLATION;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.GetInstallation;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.IssuedKey;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One-time setup, by the holder of the setup token or by an admin. */
public final class SetupHandler {

    private static final Logger log = LoggerFactory.getLogger(SetupHandler.class);

    /** Name of the API key that setup creates. */
    static final String FIRST_KEY = "First admin key";

    private final Bus bus;
    private final Access access;
    private final Passwords passwords;
    private final SiteCache site;
    private final Clock clock;

    /**
     * @param clock wall clock
     */
    public SetupHandler(Bus bus, Access access, Passwords passwords, SiteCache site, Clock clock) {
        this.bus = bus;
        this.access = access;
        this.passwords = passwords;
        this.site = site;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("getSetupStatus", GET, "/api/setup/status", Guard.OPEN_TO_SETUP, this::status),
                new Endpoint("completeSetup", POST, "/api/setup/complete", Guard.SETUP, this::complete));
    }

    /** The request's fields. */
    private record Wanted(
            @Nullable String password, @Nullable String siteName, boolean apiKey) {

        static Wanted of(Map<String, Object> body) {
            Fields fields = Fields.of(body, "password", "siteName", "apiKey");
            String password = fields.optional("password", Passwords.MIN_LENGTH, Passwords.MAX_LENGTH);
            String siteName = fields.optionalName("siteName", 1, SiteHandler.MAX_NAME);
            return new Wanted(password, siteName, fields.flag("apiKey"));
        }

        boolean isNothing() {
            return password == null && siteName == null && !apiKey;
        }

        @Override
        public String toString() {
            return "Wanted[siteName=" + siteName + ", apiKey=" + apiKey + "]";
        }
    }

    private void status(RoutingContext context) {
        installation()
                .onFailure(context::fail)
                .onSuccess(installation ->
                        Answers.json(context, new JsonObject().put("completed", installation.setupCompleted())));
    }

    private void complete(RoutingContext context) {
        Wanted wanted = Wanted.of(JsonBody.optional(context));
        boolean byToken = Access.caller(context).kind() == Caller.Kind.SETUP_TOKEN;
        installation()
                .compose(installation -> complete(context, wanted, byToken, installation))
                .recover(e -> Failures.codeOf(e) == Failures.CONFLICT ? again(wanted, byToken) : Future.failedFuture(e))
                .onFailure(context::fail)
                .onSuccess(key -> {
                    access.setupCompleted();
                    AuditNote.of(context).changed("siteName", null, wanted.siteName());
                    site.changed();
                    JsonObject body = new JsonObject().put("success", true).put("message", "Setup completed");
                    key.ifPresent(issued -> show(context, body, issued));
                    Answers.json(context, body);
                });
    }

    /** In the format of {@code POST /api/keys}. */
    private void show(RoutingContext context, JsonObject body, IssuedKey issued) {
        AuditNote.of(context).set("apiKey", issued.apiKey().prefix());
        ContentCoding.never(context);
        body.put("key", issued.key()).put("apiKey", KeyFields.shown(issued.apiKey(), clock.millis()));
    }

    /** Returns the first key, if the caller asked for one. */
    private Future<Optional<IssuedKey>> complete(
            RoutingContext context, Wanted wanted, boolean byToken, Installation installation) {
        if (installation.setupCompleted()) {
            return again(wanted, byToken);
        }
        if (byToken && wanted.password() == null && installation.passwordHash() == null) {
            // the token would be gone, and without a password nobody could ever sign in
            return Future.failedFuture(Errors.invalid("password", "is required"));
        }
        Optional<IssuedKey> key = wanted.apiKey() ? Optional.of(firstKey()) : Optional.empty();
        ApiKey stored = key.map(IssuedKey::apiKey).orElse(null);
        return hashed(access.passwordAttempts().client(context, installation.passwordHash()), wanted.password())
                .compose(hash -> Permission.confirm(context).map(hash)) // hashing takes a while
                .compose(hash -> bus.request(COMPLETE_SETUP, new CompleteSetup(hash, wanted.siteName(), stored)))
                .onSuccess(done -> log.info(
                        "setup completed{}",
                        key.map(made -> "; created " + made.apiKey()).orElse("")))
                .map(key);
    }

    private IssuedKey firstKey() {
        return IssuedKey.issue(FIRST_KEY, Scope.ADMIN, KeyLimits.NONE, clock.millis());
    }

    /** An empty request succeeds after setup; anything else is a conflict. */
    private static Future<Optional<IssuedKey>> again(Wanted wanted, boolean byToken) {
        return wanted.isNothing() && !byToken
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(new ApiException(409, "Setup is already completed"));
    }

    private Future<@Nullable String> hashed(PasswordClient client, @Nullable String password) {
        return password == null
                ? Future.succeededFuture()
                : passwords.hash(client, password).map(hash -> hash);
    }

    private Future<Installation> installation() {
        return bus.request(GET_INSTALLATION, new GetInstallation());
    }
}
