package io.openuptimes.check.net.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressCacheTest {

    private static final List<InetAddress> ADDRESSES = List.of(InetAddress.getLoopbackAddress());

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AddressCache cache = new AddressCache(nanos::get);

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void keepsAddressesForTheirTtl() {
        cache.put("a", ADDRESSES, 30);
        pass(29);
        assertThat(cache.get("a")).isEqualTo(ADDRESSES);
        pass(1);
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void keepsNothingWithoutATtlAndNothingForWeeks() {
        cache.put("a", ADDRESSES, 0);
        assertThat(cache.get("a")).isNull();
        cache.put("a", ADDRESSES, Integer.MAX_VALUE);
        pass(TimeUnit.DAYS.toSeconds(1));
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void forgetsTheOldestOfTooManyNames() {
        for (int i = 0; i <= AddressCache.MAX_NAMES; i++) {
            cache.put("name" + i, ADDRESSES, 30);
        }
        assertThat(cache.evicted()).isEqualTo(1);
        assertThat(cache.get("name0")).isNull();
        assertThat(cache.get("name1")).isNotNull();
        assertThat(cache.get("name" + AddressCache.MAX_NAMES)).isNotNull();
    }
}
