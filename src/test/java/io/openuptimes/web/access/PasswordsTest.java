package io.openuptimes.web.access;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.hashing.HashingStrategy;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PasswordsTest {

    private static final PasswordClient CLIENT = new PasswordClient("192.0.2.1", false);

    @Test
    void a_hash_is_pbkdf2_with_a_current_count_and_verifies_its_password_alone(Vertx vertx) throws Exception {
        Passwords passwords = new Passwords(vertx);
        String hash = await(passwords.hash(CLIENT, "correct horse ✓"));
        assertThat(hash).startsWith("$pbkdf2$it=210000$").doesNotContain("horse");
        assertThat(await(passwords.verify(CLIENT, "correct horse ✓", hash))).isTrue();
        assertThat(await(passwords.verify(CLIENT, "correct horse", hash))).isFalse();
        assertThat(await(passwords.verify(CLIENT, "", hash))).isFalse();
    }

    @Test
    void the_same_password_hashes_differently_each_time(Vertx vertx) throws Exception {
        Passwords passwords = new Passwords(vertx, 1_000);
        assertThat(await(passwords.hash(CLIENT, "0123456789")))
                .isNotEqualTo(await(passwords.hash(CLIENT, "0123456789")));
    }

    @Test
    void a_hash_of_an_earlier_count_stays_valid(Vertx vertx) throws Exception {
        String old = HashingStrategy.load().hash("pbkdf2", Map.of("it", "1000"), "c2FsdHNhbHRzYWx0", "0123456789");
        assertThat(await(new Passwords(vertx).verify(CLIENT, "0123456789", old)))
                .isTrue();
    }

    @Test
    void a_test_sets_the_count_for_its_own_service_alone(Vertx vertx) throws Exception {
        Vertx own = Vertx.vertx();
        try {
            Passwords.useIterations(own, 1_000);
            assertThat(await(new Passwords(own).hash(CLIENT, "0123456789"))).startsWith("$pbkdf2$it=1000$");
            assertThat(await(new Passwords(vertx).hash(CLIENT, "0123456789"))).startsWith("$pbkdf2$it=210000$");
        } finally {
            await(own.close());
        }
    }

    @Test
    void hashing_leaves_the_event_loop_free(Vertx vertx) throws Exception {
        Passwords passwords = new Passwords(vertx);
        List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
        Future<String> hash = Future.future(promise -> vertx.runOnContext(start -> {
            passwords
                    .hash(CLIENT, "0123456789")
                    .onSuccess(done -> order.add("hash"))
                    .onComplete(promise);
            vertx.runOnContext(next -> order.add("next"));
        }));
        await(hash);
        assertThat(order).containsExactly("next", "hash");
    }
}
