package io.openuptimes.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedLoadTest {

    private final List<Promise<String>> begun = new ArrayList<>();
    private final SharedLoad<String> loads = new SharedLoad<>(() -> {
        begun.add(Promise.promise());
        return begun.get(begun.size() - 1).future();
    });

    @Test
    void isSharedWhileNothingChanges() {
        Future<String> first = loads.get();
        Future<String> second = loads.get();
        begun.get(0).complete("all");

        assertThat(begun).hasSize(1);
        assertThat(first.result()).isSameAs(second.result());
        loads.get();
        assertThat(begun).hasSize(2);
    }

    @Test
    void beginsAnewForWhoAsksAfterAChange() {
        Future<String> first = loads.get();
        loads.changed();
        Future<String> second = loads.get();
        Future<String> third = loads.get();
        begun.get(0).complete("before");

        assertThat(first.result()).isEqualTo("before");
        assertThat(begun).hasSize(2);
        Future<String> fourth = loads.get(); // nothing has changed since the second one started
        loads.changed();
        Future<String> fifth = loads.get();
        begun.get(1).complete("after");
        begun.get(2).complete("last");

        assertThat(List.of(second.result(), third.result(), fourth.result())).containsOnly("after");
        assertThat(fifth.result()).isEqualTo("last");
    }

    @Test
    void goesOnAfterALoadThatFailed() {
        Future<String> first = loads.get();
        loads.changed();
        Future<String> second = loads.get();
        begun.get(0).fail("away");
        begun.get(1).complete("there");

        assertThat(first.failed()).isTrue();
        assertThat(second.result()).isEqualTo("there");
    }
}
