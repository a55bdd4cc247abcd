package io.openuptimes.web.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.util.Base64;
import java.util.Map;

/**
 * Hashes and verifies passwords: PBKDF2 with HMAC-SHA-512, off the event loops.
 *
 * <p>A hash occupies a core for a good part of a second, so all of them go through a {@link HashQueue}. Each hash
 * records its iteration count, so changing {@link #ITERATIONS} leaves existing hashes valid.
 */
public final class Passwords {

    /** In code points. */
    public static final int MIN_LENGTH = 10;

    /** In code points. */
    public static final int MAX_LENGTH = 1000;

    /** Recommended for PBKDF2-HMAC-SHA512 by OWASP's Password Storage Cheat Sheet (2023 and later). */
    static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final String NAME = Passwords.class.getName();

    private final HashingStrategy strategy = HashingStrategy.load();
    private final HashQueue queue;
    private final int iterations;

    public Passwords(Vertx vertx) {
        this(vertx, iterationsMap(vertx).getOrDefault(NAME, ITERATIONS));
    }

    /** Sets the iteration count, for tests that need many hashes quickly. */
    Passwords(Vertx vertx, int iterations) {
        this.queue = new HashQueue(vertx);
        this.iterations = iterations;
    }

    /** Sets the iteration count for tests that start the whole service. Call it before the service starts. */
    public static void useIterations(Vertx vertx, int iterations) {
        iterationsMap(vertx).put(NAME, iterations);
    }

    private static LocalMap<String, Integer> iterationsMap(Vertx vertx) {
        return vertx.sharedData().getLocalMap(NAME);
    }

    /** Hashes with a new salt; fails with a 429 if too many clients are waiting. */
    public Future<String> hash(PasswordClient client, String password) {
        return queue.run(client, () -> hash(strategy, iterations, password));
    }

    /** Hashes for a command-line tool, bypassing the queue. Blocks for a good part of a second. */
    public static String hash(String password) {
        return hash(HashingStrategy.load(), ITERATIONS, password);
    }

    private static String hash(HashingStrategy strategy, int iterations, String password) {
        String salt = Base64.getEncoder().withoutPadding().encodeToString(Secrets.bytes(SALT_BYTES));
        return strategy.hash("pbkdf2", Map.of("it", Integer.toString(iterations)), salt, password);
    }

    /** Whether the password matches the hash; fails with a 429 if too many clients are waiting. */
    public Future<Boolean> verify(PasswordClient client, String password, String hash) {
        return queue.run(client, () -> strategy.verify(hash, password));
    }

    /** Passwords rejected unchecked since startup, because too many clients were waiting. */
    public long refused() {
        return queue.refused();
    }
}
