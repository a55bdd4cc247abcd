package io.openuptimes.check.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which a host's addresses are dialled. */
class AddressQueueTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, true, 10.0.0.1",
        "10.0.0.1 10.0.0.2, true, 10.0.0.1 10.0.0.2",
        "10.0.0.1 ::1, true, ::1 10.0.0.1",
        "10.0.0.1 ::1, false, 10.0.0.1 ::1",
        "::1 ::2 10.0.0.1, true, ::1 10.0.0.1 ::2",
        "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 ::1, true, " + "::1 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5",
        "'', true, ''"
    })
    void familiesTakeTurns(String found, boolean v6First, String dialled) throws Exception {
        AddressQueue queue = new AddressQueue(v6First);
        for (InetAddress address : addresses(found)) {
            queue.add(address);
        }
        assertThat(drain(queue)).isEqualTo(addresses(dialled));
    }

    @Test
    void addressesThatComeLaterTakeTheirTurnAsWell() throws Exception {
        AddressQueue queue = new AddressQueue(true);
        queue.add(NetUtil.createInetAddressFromIpAddressString("10.0.0.1"));
        queue.add(NetUtil.createInetAddressFromIpAddressString("10.0.0.2"));
        assertThat(queue.poll()).isEqualTo(NetUtil.createInetAddressFromIpAddressString("10.0.0.1"));
        queue.add(NetUtil.createInetAddressFromIpAddressString("::1"));
        assertThat(drain(queue)).isEqualTo(addresses("::1 10.0.0.2"));
    }

    @Test
    void noMoreThanABoundAreDialled() throws Exception {
        AddressQueue queue = new AddressQueue(true);
        for (int i = 0; i < 200; i++) {
            queue.add(NetUtil.createInetAddressFromIpAddressString("10.0.0." + i));
        }
        assertThat(drain(queue)).hasSize(AddressQueue.MAX);
    }

    private static List<InetAddress> drain(AddressQueue queue) {
        List<InetAddress> all = new ArrayList<>();
        for (InetAddress next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        assertThat(queue.isEmpty()).isTrue();
        return all;
    }

    private static List<InetAddress> addresses(String all) throws Exception {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : all.isEmpty() ? new String[0] : all.split(" ")) {
            addresses.add(NetUtil.createInetAddressFromIpAddressString(text));
        }
        return addresses;
    }
}
