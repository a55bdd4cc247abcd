package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedMapTest {

    @Test
    void in_insertion_order_the_entry_inserted_first_is_evicted_even_if_it_is_used() {
        BoundedMap<String, Integer> map = BoundedMap.insertionOrder(2);
        map.put("a", 1);
        map.put("b", 2);
        map.put("a", 3);
        assertThat(map.get("a")).isEqualTo(3);
        map.put("c", 4);
        assertThat(map).containsOnlyKeys("b", "c");
    }

    @Test
    void an_entry_put_last_is_the_youngest() {
        BoundedMap<String, Integer> map = BoundedMap.insertionOrder(2);
        map.put("a", 1);
        map.put("b", 2);
        map.putLast("a", 3);
        map.put("c", 4);
        assertThat(map).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3, "c", 4));
    }

    @Test
    void in_access_order_the_least_recently_used_entry_is_evicted() {
        BoundedMap<String, Integer> map = BoundedMap.accessOrder(2);
        map.put("a", 1);
        map.put("b", 2);
        assertThat(map.get("a")).isEqualTo(1);
        map.put("c", 3);
        assertThat(map).containsOnlyKeys("a", "c");
    }

    @Test
    void only_evictions_for_lack_of_room_are_reported() {
        AtomicInteger evictions = new AtomicInteger();
        BoundedMap<String, Integer> map = BoundedMap.insertionOrder(2, evictions::incrementAndGet);
        map.put("a", 1);
        map.put("b", 2);
        map.putLast("a", 3);
        map.remove("b");
        map.put("c", 4);
        assertThat(evictions).hasValue(0);
        map.put("d", 5);
        assertThat(evictions).hasValue(1);
    }

    @Test
    void stale_entries_are_dropped_eldest_first_up_to_the_first_fresh_one_and_four_at_most() {
        BoundedMap<Integer, Integer> map = BoundedMap.insertionOrder(10);
        for (int i = 0; i < 8; i++) {
            map.put(i, i);
        }
        map.dropStale(value -> value < 6);
        assertThat(map).containsOnlyKeys(4, 5, 6, 7);
        map.dropStale(value -> value < 6);
        assertThat(map).containsOnlyKeys(6, 7);
        map.dropStale(value -> value != 6);
        assertThat(map).containsOnlyKeys(6, 7);
    }
}
