package io.openuptimes.web.access;

import io.openuptimes.runtime.Throttle;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits wrong passwords per client, and logs failures and refusals, at most {@value #LINES_A_MINUTE} lines a minute
 * for all clients together. Thread-safe.
 */
public final class PasswordAttempts {

    private static final Logger log = LoggerFactory.getLogger(PasswordAttempts.class);
    private static final int LINES_A_MINUTE = 10;

    /** What a password is asked for. */
    public enum Purpose {
        SIGN_IN("failed sign-in", "wrong password", ". Block this address if you do not recognize it"),
        /** The caller is signed in or has a key: there is no reason to block the address. */
        PASSWORD_CHANGE("failed password change", "wrong current password", "");

        private final String failure;
        private final String wrong;
        private final String advice;

        Purpose(String failure, String wrong, String advice) {
            this.failure = failure;
            this.wrong = wrong;
            this.advice = advice;
        }
    }

    private final ClientAddress addresses;
    private final FailureLimiter failures;
    private final PasswordClients clients;
    private final Throttle lines;

    /**
     * @param mark cookie that records an earlier sign-in
     * @param failures shared with other credentials
     * @param clock epoch milliseconds
     */
    PasswordAttempts(
            ClientAddress addresses,
            StrictCookie mark,
            FailureLimiter failures,
            LongSupplier clock,
            LongSupplier nanoClock) {
        this.addresses = addresses;
        this.failures = failures;
        this.clients = new PasswordClients(addresses, mark, clock);
        this.lines = new Throttle(LINES_A_MINUTE, TimeUnit.MINUTES.toNanos(1), nanoClock);
    }

    /**
     * The client that the caller's password hashes and failures are charged to.
     *
     * @param passwordHash the stored hash; null if there is none
     */
    public PasswordClient client(RoutingContext context, @Nullable String passwordHash) {
        return clients.of(context, passwordHash);
    }

    /**
     * Checks a password within the limit on failed credentials.
     *
     * @return the result of the check; fails with a 429 if the limit is exhausted
     */
    public Future<Boolean> attempt(
            RoutingContext context, PasswordClient client, Purpose purpose, Supplier<Future<Boolean>> check) {
        int wait = failures.take(client.name());
        if (wait > 0) {
            log(context, purpose, "too many failures, refused for the next " + wait + " s");
            return Future.failedFuture(Refusals.tooManyFailures(wait));
        }
        return check.get().onComplete(checked -> {
            if (checked.failed() || checked.result()) {
                failures.giveBack(client.name());
            }
        });
    }

    /** Records a wrong password. */
    public void failed(RoutingContext context, Purpose purpose) {
        log(context, purpose, purpose.wrong);
    }

    private void log(RoutingContext context, Purpose purpose, String reason) {
        long before = lines.pass();
        if (before != Throttle.HELD_BACK) {
            log.warn(
                    "{} from {}: {}{}{}",
                    purpose.failure,
                    addresses.of(context.request()),
                    reason,
                    before == 0 ? "" : "; " + before + " more since the last such line",
                    purpose.advice);
        }
    }

    /** Records a correct password: remembers the address and sets the browser's mark. */
    void signedIn(RoutingContext context, String passwordHash) {
        clients.signedIn(context, passwordHash);
    }
}
