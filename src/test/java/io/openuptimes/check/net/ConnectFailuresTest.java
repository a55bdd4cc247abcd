package io.openuptimes.check.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.openuptimes.check.net.lookup.NoNetworkException;
import io.openuptimes.model.Outcome;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failed connection is reported, and its effect on the address family. */
class ConnectFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "no network, No route to host",
        "no network, Connection refused",
        "Connection timed out, Connection refused",
        "Connection refused, Cannot assign requested address",
        "Connection refused, Too many open files",
    })
    void theSecondTellsMoreThanTheFirst(String failure, String moreTelling) {
        assertThat(rank(moreTelling)).isGreaterThan(rank(failure));
    }

    private static int rank(String message) {
        return ConnectFailures.rank(
                message.equals("no network") ? new NoNetworkException() : new ConnectException(message));
    }

    @ParameterizedTest
    @CsvSource({
        "::1, Network is unreachable, true, true",
        "192.0.2.1, Network is unreachable, false, true",
        "::1, Address family not supported by protocol, false, true",
        "::1, Cannot assign requested address, false, true",
        "::1, Address not available, false, true",
        "::1, Cannot assign requested address, true, false",
        "127.0.0.1, Cannot assign requested address, false, false",
        "::1, Connection refused, false, false",
    })
    void aMachineWithoutANetworkIsToldFromOneWithoutPorts(String to, String message, boolean v6Works, boolean meant) {
        boolean found = NoNetworkException.isMeantBy(
                NetUtil.createInetAddressFromIpAddressString(to), new ConnectException(message), v6Works);
        assertThat(found).isEqualTo(meant);
    }

    @Test
    void withoutANetworkNothingIsLackingHere() {
        Failure failure = NetworkFailures.of(Step.CONNECT, new NoNetworkException(), null);
        assertThat(failure).isEqualTo(new Failure(Outcome.CONNECT, "no route to host"));
    }

    @Test
    void ipv6WorksForAMinuteAfterItHasConnected() throws Exception {
        AtomicLong nanos = new AtomicLong();
        FamilyOrder order = new FamilyOrder(nanos::get);
        order.connected(NetUtil.createInetAddressFromIpAddressString("127.0.0.1"));
        assertThat(order.v6Works()).isFalse();
        order.connected(NetUtil.createInetAddressFromIpAddressString("::1"));
        assertThat(order.v6Works()).isTrue();
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(order.v6Works()).isFalse();
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
