package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and verifies passwords: PBKDF2 with HMAC-SHA-512, off the event loops.
 *
 * <p>A hash takes a core for a good part of a second, so few run at the same time and few wait; who comes when these are
 * taken is sent away with a 429. A hash names its own iteration count, so a later count leaves earlier hashes valid.
 */
public final class Passwords {

    /** What OWASP's Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA512 (2023 and later). */
    static final int ITERATIONS = 210_000;

    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final int SALT_BYTES = 16;

    private final HashingStrategy strategy = HashingStrategy.load();
    private final WorkerExecutor workers;
    private final int iterations;
    private final AtomicInteger underWay = new AtomicInteger();

    public Passwords(Vertx vertx) {
        this(vertx, ITERATIONS);
    }

    /** With another iteration count: tests need many hashes soon. */
    Passwords(Vertx vertx, int iterations) {
        this.workers = vertx.createSharedWorkerExecutor("passwords", AT_ONCE, 10, TimeUnit.SECONDS);
        this.iterations = iterations;
    }

    /** A hash with a salt of its own; fails with a 429 where too many wait. */
    public Future<String> hash(String password) {
        String salt = Base64.getEncoder().withoutPadding().encodeToString(Secrets.bytes(SALT_BYTES));
        Map<String, String> parameters = Map.of("it", Integer.toString(iterations));
        return work(() -> strategy.hash("pbkdf2", parameters, salt, password));
    }

    /** Whether the hash is that password's; fails with a 429 where too many wait. */
    public Future<Boolean> verify(String password, String hash) {
        return work(() -> strategy.verify(hash, password));
    }

    private <T> Future<T> work(Callable<T> work) {
        if (underWay.incrementAndGet() > AT_ONCE + WAITING) {
            underWay.decrementAndGet();
            return Future.failedFuture(new ApiException(
                    429, "Too many passwords are being checked, try again", Map.of("Retry-After", "1")));
        }
        return workers.executeBlocking(work, false).onComplete(done -> underWay.decrementAndGet());
    }
}
