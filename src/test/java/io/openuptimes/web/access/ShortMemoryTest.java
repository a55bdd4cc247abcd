package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShortMemoryTest {

    private final AtomicLong now = new AtomicLong();
    private final ShortMemory<String> memory = new ShortMemory<>(10, now::get);
    private final List<Promise<Optional<String>>> asked = new ArrayList<>();

    private Future<Optional<String>> find(String hash) {
        return memory.find(hash, () -> {
            Promise<Optional<String>> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        });
    }

    private void passes(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void lookups_at_the_same_time_share_one() {
        Future<Optional<String>> one = find("a");
        Future<Optional<String>> two = find("a");
        assertThat(asked).hasSize(1);
        asked.get(0).complete(Optional.of("value"));
        assertThat(one.result()).contains("value");
        assertThat(two.result()).contains("value");
    }

    @Test
    void what_was_found_is_asked_for_again_within_a_second_of_the_question() {
        find("a");
        passes(600);
        asked.get(0).complete(Optional.of("value"));
        passes(299);
        assertThat(memory.fresh("a")).isEqualTo("value");
        passes(1);
        assertThat(memory.fresh("a")).isNull();
        find("a");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_question_that_is_old_is_not_joined() {
        find("a");
        passes(900);
        Future<Optional<String>> later = find("a");
        assertThat(asked).hasSize(2);
        asked.get(0).complete(Optional.of("as it was"));
        assertThat(later.isComplete()).isFalse();
        assertThat(memory.fresh("a")).isNull();
        asked.get(1).complete(Optional.empty());
        assertThat(later.result()).isEmpty();
    }

    @Test
    void nothing_and_failures_are_not_remembered() {
        find("a");
        asked.get(0).complete(Optional.empty());
        find("a");
        asked.get(1).fail("no store");
        find("a");
        assertThat(asked).hasSize(3);
    }

    @Test
    void what_was_forgotten_during_its_lookup_is_not_remembered() {
        find("a");
        memory.forget("a");
        asked.get(0).complete(Optional.of("value"));
        assertThat(memory.fresh("a")).isNull();
    }

    @Test
    void both_memory_and_questions_are_bounded() {
        for (int i = 0; i < 10; i++) {
            find("hash " + i);
        }
        assertThat(find("one more").failed()).isTrue();
        asked.forEach(promise -> promise.complete(Optional.of("value")));
        for (int i = 0; i < 100; i++) {
            find("other hash " + i);
            asked.get(asked.size() - 1).complete(Optional.of("value"));
        }
        assertThat(memory.size()).isEqualTo(10);
    }
}
