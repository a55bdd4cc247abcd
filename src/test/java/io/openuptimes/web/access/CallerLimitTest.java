package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.web.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerLimitTest {

    private final CallerLimit limit = new CallerLimit("things", 20, 2);

    @Test
    void oneAddressHasATenth() {
        Runnable first = limit.take("a");
        limit.take("a");
        assertRefused("a", 429);
        limit.take("b");

        first.run();

        limit.take("a");
        assertThat(limit.open()).isEqualTo(3);
    }

    @Test
    void allTogetherHaveSoMany() {
        List<Runnable> taken = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            taken.add(limit.take("address " + i));
        }
        assertRefused("another", 503);
        taken.forEach(Runnable::run);

        assertThat(limit.open()).isZero();
        limit.take("another");
    }

    private void assertRefused(String address, int status) {
        assertThatThrownBy(() -> limit.take(address)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.headers()).containsKey("Retry-After");
        });
    }
}
