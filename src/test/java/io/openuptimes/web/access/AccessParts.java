package io.openuptimes.web.access;

import io.openuptimes.config.Settings;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/** Parts of access for tests: with settable clocks and instant password hashing. */
public final class AccessParts {

    private AccessParts() {}

    public static Access access(
            Vertx vertx,
            Settings.Http http,
            Settings.Access access,
            SetupToken setupToken,
            LongSupplier millis,
            LongSupplier nanos) {
        return new Access(vertx, http, access, setupToken, millis, nanos);
    }

    public static Passwords passwords(Vertx vertx) {
        return new Passwords(vertx, 1_000);
    }
}
