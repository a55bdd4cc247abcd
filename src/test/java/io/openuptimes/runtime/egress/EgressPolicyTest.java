package io.openuptimes.runtime.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The denied addresses and the rules that deny them. */
class EgressPolicyTest {

    private static @Nullable String judge(EgressPolicy policy, String address) {
        return policy.denies(address(address), 80);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static EgressPolicy policy(@Nullable String deny, @Nullable String allow, boolean privateRanges) {
        return new EgressPolicy(list(deny), list(allow), privateRanges, new OwnServers());
    }

    private static List<String> list(@Nullable String blocks) {
        return blocks == null ? List.of() : List.of(blocks.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, link-local",
        "169.254.0.0,     link-local",
        "169.254.255.255, link-local",
        "169.253.255.255,",
        "169.255.0.0,",
        "fe80::1,         link-local",
        "febf:ffff::1,    link-local",
        "fec0::1,",
        "fd00:ec2::254,   metadata",
        "fd00:ec2::253,",
        "100.100.100.200, metadata",
        "100.100.100.201,",
        "168.63.129.16,   metadata",
        "168.63.129.17,",
        "0.0.0.0,         unspecified",
        "0.1.2.3,         unspecified",
        "::,              unspecified",
        "224.0.0.1,       multicast",
        "239.255.255.250, multicast",
        "ff02::1,         multicast",
        "255.255.255.255, broadcast",
        "240.0.0.1,",
        "127.0.0.1,",
        "127.1.2.3,",
        "::1,",
        "10.0.0.1,",
        "172.16.0.1,",
        "192.168.1.1,",
        "100.64.0.1,",
        "fd12::1,",
        "8.8.8.8,",
        "2606:4700::1111,",
    })
    void linkLocalMetadataMulticastAndUnspecifiedAreDeniedByDefault(String address, @Nullable String rule) {
        assertThat(judge(EgressPolicy.standard(), address)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1", "127.255.255.255", "::1", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255",
        "192.168.0.0", "192.168.255.255", "100.64.0.0", "100.127.255.255", "fc00::1", "fdff::1", "fec0::1",
        "::ffff:10.0.0.1", "::10.0.0.1", "2002:a00:1::1", "64:ff9b::a00:1"
    })
    void oneSwitchDeniesLoopbackAndPrivateRanges(String address) {
        assertThat(judge(policy(null, null, true), address)).isNull();
        assertThat(judge(policy(null, null, false), address)).isEqualTo("egress.private");
    }

    @ParameterizedTest
    @CsvSource({
        "9.255.255.255",
        "11.0.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "fbff::1",
        "2001:db8::1"
    })
    void theSwitchDeniesNoneBesideThem(String address) {
        assertThat(judge(policy(null, null, false), address)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mapped,                  ::ffff:169.254.169.254",
        "compatible,              ::169.254.169.254",
        "translated,              ::ffff:0:169.254.169.254",
        "6to4,                    2002:a9fe:a9fe::1",
        "Teredo,                  2001:0:4136:e378:8000:63bf:5601:5601",
        "NAT64,                   64:ff9b::169.254.169.254",
        "NAT64 of its own /96,    64:ff9b:1::169.254.169.254",
        "NAT64 of its own /96,    64:ff9b:1:fffe::169.254.169.254",
        "NAT64 of its own /64,    64:ff9b:1:7:a9:fea9:fe00:0",
        "NAT64 of its own /56,    64:ff9b:1:7a9:fe:a9fe::",
        "NAT64 of its own /48,    64:ff9b:1:a9fe:a9:fe00::"
    })
    void anAddressThatCarriesAnIpv4AddressIsJudgedByThat(String how, String address) {
        assertThat(judge(EgressPolicy.standard(), address)).as(how).isEqualTo("link-local");
        assertThat(judge(policy("169.254.169.254", null, true), address)).isEqualTo("egress.deny 169.254.169.254");
    }

    @ParameterizedTest
    @CsvSource({"64:ff9b::8.8.8.8", "64:ff9b:1::8.8.8.8", "2002:808:808::1", "::8.8.8.8", "::ffff:8.8.8.8"})
    void oneThatCarriesAPermittedOneIsPermittedUnlessItIsDeniedItself(String address) {
        assertThat(judge(policy(null, null, false), address)).isNull();
        boolean mapped = address.startsWith("::ffff");
        assertThat(judge(policy("::/0", null, true), address)).isEqualTo(mapped ? null : "egress.deny ::/0");
        assertThat(judge(policy("8.0.0.0/8", "::/0", true), address)).isEqualTo("egress.deny 8.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource({
        // deny,                  allow,                    address,         rule
        "10.0.0.0/8,              ,                         10.1.2.3,        egress.deny 10.0.0.0/8",
        "10.0.0.0/8,              10.1.0.0/16,              10.1.2.3,",
        "10.0.0.0/8,              10.1.0.0/16,              10.2.2.3,        egress.deny 10.0.0.0/8",
        "10.1.2.0/24,             10.1.0.0/16,              10.1.2.3,        egress.deny 10.1.2.0/24",
        "10.0.0.0/8,              10.0.0.0/8,               10.1.2.3,        egress.deny 10.0.0.0/8",
        "10.1.2.3,                10.1.2.3/32,              10.1.2.3,        egress.deny 10.1.2.3",
        "0.0.0.0/0 ::/0,          8.8.8.8,                  8.8.8.8,",
        "0.0.0.0/0 ::/0,          8.8.8.8,                  8.8.4.4,         egress.deny 0.0.0.0/0",
        "0.0.0.0/0 ::/0,          8.8.8.8,                  2606:4700::1111, egress.deny ::/0",
        "2001:db8::/32,           2001:db8:1::/48,          2001:db8:1::1,",
        "2001:db8::/32,           2001:db8:1::/48,          2001:db8:2::1,   egress.deny 2001:db8::/32",
        ",                        0.0.0.0/0,                169.254.169.254, link-local",
        ",                        169.254.0.0/16,           169.254.169.254, link-local",
        ",                        169.254.169.254,          169.254.169.254,",
        ",                        169.254.169.254,          169.254.169.253, link-local",
        ",                        169.254.169.0/24,         169.254.169.254,",
        ",                        100.100.100.200,          100.100.100.200,",
        ",                        100.100.100.0/24,         100.100.100.200, metadata",
        ",                        fd00:ec2::254,            fd00:ec2::254,",
        "100.100.100.200,         100.100.100.200,          100.100.100.200, egress.deny 100.100.100.200",
        "169.254.0.0/17,          169.254.169.0/24,         169.254.1.1,     egress.deny 169.254.0.0/17",
        "10.0.0.9/8,              ,                         10.1.2.3,        egress.deny 10.0.0.9/8"
    })
    void theLongestPrefixDecidesAndDenyOnATie(
            @Nullable String deny, @Nullable String allow, String address, @Nullable String rule) {
        assertThat(judge(policy(deny, allow, true), address)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,     10.1.2.3,",
        "10.1.0.0/16,     10.2.2.3,   egress.private",
        "10.0.0.0/8,      10.1.2.3,   egress.private",
        "127.0.0.1,       127.0.0.1,",
        "127.0.0.1,       127.0.0.2,  egress.private",
        "::1,             ::1,"
    })
    void allowOpensAPartOfThePrivateRanges(String allow, String address, @Nullable String rule) {
        assertThat(judge(policy(null, allow, false), address)).isEqualTo(rule);
    }

    @Test
    void aTextThatIsNoBlockIsRefused() {
        assertThatThrownBy(() -> policy("10.0.0.0/33", null, true)).hasMessageContaining("10.0.0.0/33");
    }
}
