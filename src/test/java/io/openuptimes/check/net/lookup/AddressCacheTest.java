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
    void countsTheNamesThatAreForgottenForLackOfRoom() {
        for (int i = 0; i < AddressCache.MAX_NAMES; i++) {
            cache.put("name" + i, ADDRESSES, 30);
        }
        assertThat(cache.evicted()).isZero();
        for (int i = 0; i < 10; i++) {
            cache.put("more" + i, ADDRESSES, 30);
        }
        assertThat(cache.evicted()).isEqualTo(10);
    }

    @Test
    void namesWhoseTtlIsOverAreNotCountedAsForgotten() {
        for (int i = 0; i < AddressCache.MAX_NAMES; i++) {
            cache.put("name" + i, ADDRESSES, 30);
        }
        pass(60);
        for (int i = 0; i < AddressCache.MAX_NAMES; i++) {
            cache.put("later" + i, ADDRESSES, 30);
        }
        assertThat(cache.evicted()).isZero();
        assertThat(cache.get("later0")).isNotNull();
    }
}
