package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EgressChild;
import io.openuptimes.testing.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No address denied by default is reached, in a network where every one has a listener. */
@Timeout(180)
class EgressNamespaceTest {

    private static final List<String> REACHABLE =
            List.of("169.254.169.254", "100.100.100.200", "168.63.129.16", "[fd00:ec2::254]", "metadata.test");

    private static final List<String> OTHERS = List.of(
            "[fe80::1234]",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "0.0.0.0",
            "[::]",
            "224.0.0.1",
            "[ff02::1]",
            "255.255.255.255",
            "169.254.1.2");

    @Test
    void nothingArrivesAtADeniedAddressDirectlyOrByARedirect() throws Exception {
        List<String> hosts = new ArrayList<>(REACHABLE);
        hosts.addAll(OTHERS);
        List<String> printed = NetworkNamespace.run(
                List.of(
                        "169.254.169.254/32",
                        "169.254.1.2/32",
                        "100.100.100.200/32",
                        "168.63.129.16/32",
                        "fd00:ec2::254/128",
                        "fe80::1234/64"),
                EgressChild.class,
                hosts.toArray(String[]::new));

        for (String host : hosts) {
            assertThat(printed)
                    .as(String.join("\n", printed))
                    .contains(host + " connections 0")
                    .anyMatch(line -> line.startsWith(host + " direct denied "))
                    .anyMatch(line -> line.startsWith(host + " redirected denied "));
        }
        assertThat(printed)
                .contains("169.254.169.254 direct denied link-local", "100.100.100.200 direct denied metadata");
        assertThat(REACHABLE).as("something listens there").allSatisfy(host -> assertThat(printed)
                .contains(host + " permitted up null"));
    }
}
