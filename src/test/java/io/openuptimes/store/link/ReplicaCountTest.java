package io.openuptimes.store.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplicaCountTest {

    private final ReplicaCount replicas = new ReplicaCount();

    private int saw(int count, long seconds) {
        replicas.saw(count, TimeUnit.SECONDS.toNanos(seconds));
        return replicas.get();
    }

    @Test
    void more_count_at_once() {
        assertThat(replicas.get()).isZero();
        assertThat(saw(1, 0)).isEqualTo(1);
        assertThat(saw(2, 0)).isEqualTo(2);
    }

    @Test
    void fewer_count_when_it_has_been_so_for_some_seconds() {
        saw(2, 0);
        assertThat(saw(1, 100)).as("however long nobody has looked").isEqualTo(2);
        assertThat(saw(0, 105)).isEqualTo(2);
        assertThat(saw(1, 106)).isEqualTo(1);
        assertThat(saw(0, 107)).isEqualTo(1);
    }

    @Test
    void who_is_back_counts_as_if_it_had_never_been_away() {
        saw(2, 0);
        saw(1, 1);
        saw(2, 2);
        assertThat(saw(1, 7)).isEqualTo(2);
        assertThat(saw(1, 13)).isEqualTo(1);
    }
}
