package io.openuptimes.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order the addresses of a host are tried. */
class LookupTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "10.0.0.1 10.0.0.2, 10.0.0.1 10.0.0.2",
        "::1 ::2 10.0.0.1, ::1 10.0.0.1 ::2",
        "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 ::1, 10.0.0.1 ::1 10.0.0.2 10.0.0.3",
        "::1 ::2 ::3 ::4 ::5, ::1 ::2 ::3 ::4",
        "'', ''"
    })
    void familiesTakeTurns(String found, String tried) {
        assertThat(Lookup.order(addresses(found).stream()
                        .map(address -> new InetSocketAddress(address, 0))
                        .collect(Collectors.toList())))
                .isEqualTo(addresses(tried));
    }

    private static List<InetAddress> addresses(String all) {
        return Arrays.stream(all.split(" "))
                .filter(text -> !text.isEmpty())
                .map(LookupTest::address)
                .collect(Collectors.toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
