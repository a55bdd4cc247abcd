package io.openuptimes.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own servers, by any address through which they are reachable. */
class OwnServersTest {

    private static final int PORT = 6379;

    private final OwnServers own = new OwnServers();

    private @Nullable String judge(String address, int port, String... allow) throws Exception {
        InetAddress to = InetAddress.getByName(address);
        return new EgressPolicy(List.of(), List.of(allow), true, own).denies(to, port);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,   127.0.0.1,             true",
        "127.0.0.1,   127.8.8.8,             true",
        "127.0.0.1,   ::1,                   true",
        "127.0.0.1,   ::ffff:127.0.0.1,      true",
        "127.0.0.1,   64:ff9b::127.0.0.1,    true",
        "127.0.0.1,   203.0.113.7,           false",
        "localhost,   127.0.0.1,             true",
        "localhost,   ::1,                   true",
        "[::1],       127.0.0.1,             true",
        "203.0.113.7, 203.0.113.7,           true",
        "203.0.113.7, 203.0.113.8,           false",
        "203.0.113.7, 127.0.0.1,             false",
        "[2001:db8::7], 2001:db8::7,         true",
    })
    void oneIsKnownByItsAddressesAndItsPort(String server, String address, boolean same) throws Exception {
        own.add(server, PORT);
        own.refresh();

        assertThat(judge(address, PORT)).isEqualTo(same ? "own Redis" : null);
        assertThat(judge(address, PORT + 1)).isNull();
    }

    @Test
    void oneOnThisMachineIsKnownByAllAddressesOfTheMachine() throws Exception {
        own.add("127.0.0.1", PORT);
        own.refresh();
        List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .toList();

        assertThat(addresses).isNotEmpty().allSatisfy(address -> assertThat(
                        new EgressPolicy(List.of(), List.of(), true, own).denies(address, PORT))
                .isEqualTo("own Redis"));
    }

    @Test
    void allowDoesNotOpenIt() throws Exception {
        own.add("127.0.0.1", PORT);

        assertThat(judge("127.0.0.1", PORT, "127.0.0.1", "127.0.0.0/8")).isEqualTo("own Redis");
    }

    @Test
    void aNameThatIsNotFoundLeavesTheOthersAsTheyAre() throws Exception {
        own.add("127.0.0.1", PORT);
        own.add("redis.invalid", PORT + 1);
        own.refresh();

        assertThat(judge("127.0.0.1", PORT)).isEqualTo("own Redis");
        assertThat(own.add("127.0.0.1", PORT)).as("known before").isFalse();
    }
}
