package io.openuptimes.check.net.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {

    private static ResolvConf parse(String... lines) {
        return ResolvConf.parse(String.join("\n", lines), 53);
    }

    private static InetSocketAddress server(String address) {
        return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 53);
    }

    @Test
    void anEmptyFileLeavesTheDefaults() {
        assertThat(parse("")).isEqualTo(new ResolvConf(List.of(), List.of(), 1, 5_000, 2));
    }

    @Test
    void readsWhatKubernetesWrites() {
        assertThat(parse(
                        "search app.svc.cluster.local svc.cluster.local cluster.local",
                        "nameserver 10.96.0.10",
                        "options ndots:5"))
                .isEqualTo(new ResolvConf(
                        List.of(server("10.96.0.10")),
                        List.of("app.svc.cluster.local", "svc.cluster.local", "cluster.local"),
                        5,
                        5_000,
                        2));
    }

    @Test
    void passesOverWhatMakesNoSense() {
        assertThat(parse(
                        "# nameserver 10.0.0.9",
                        "; a comment",
                        "",
                        "nameserver",
                        "nameserver dns.example",
                        "  nameserver\t::1  ",
                        "sortlist 10.0.0.0",
                        "options rotate ndots:x timeout: attempts:3 trust-ad"))
                .isEqualTo(new ResolvConf(List.of(server("::1")), List.of(), 1, 5_000, 3));
    }

    @Test
    void theLastOfSearchAndDomainCounts() {
        assertThat(parse("search a b", "domain c").search()).containsExactly("c");
        assertThat(parse("domain c", "search a b").search()).containsExactly("a", "b");
    }

    @Test
    void keepsToTheBoundsOfGlibc() {
        ResolvConf conf = parse(
                "nameserver 10.0.0.1",
                "nameserver 10.0.0.2",
                "nameserver 10.0.0.3",
                "nameserver 10.0.0.4",
                "options ndots:99 timeout:99 attempts:99");
        assertThat(conf.nameServers()).hasSize(3);
        assertThat(conf.ndots()).isEqualTo(15);
        assertThat(conf.timeoutMillis()).isEqualTo(30_000);
        assertThat(conf.attempts()).isEqualTo(5);
    }
}
