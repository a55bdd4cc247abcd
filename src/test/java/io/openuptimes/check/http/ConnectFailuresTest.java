package io.openuptimes.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failed connection is reported, and what it says of the family. */
class ConnectFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "::1, Network is unreachable, 127.0.0.1, No route to host",
        "::1, Cannot assign requested address, 127.0.0.1, Connection refused",
        "127.0.0.1, Connection timed out, ::1, Connection refused",
        "::1, Connection refused, 127.0.0.1, Cannot assign requested address",
        "::1, Connection refused, 127.0.0.1, Too many open files",
    })
    void theSecondTellsMoreThanTheFirst(String one, String failure, String other, String moreTelling) throws Exception {
        assertThat(rank(other, moreTelling)).isGreaterThan(rank(one, failure));
    }

    private static int rank(String address, String message) throws IOException {
        return ConnectFailures.rank(
                NetUtil.createInetAddressFromIpAddressString(address), new ConnectException(message));
    }

    @Test
    void aFamilyWithoutANetworkComesLastForAMinute() throws Exception {
        AtomicLong nanos = new AtomicLong();
        FamilyOrder order = new FamilyOrder(nanos::get);
        assertThat(order.v6First()).isTrue();
        order.noNetwork(NetUtil.createInetAddressFromIpAddressString("127.0.0.1"));
        assertThat(order.v6First()).isTrue();
        order.noNetwork(NetUtil.createInetAddressFromIpAddressString("::1"));
        assertThat(order.v6First()).isFalse();
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(order.v6First()).isTrue();
    }
}
