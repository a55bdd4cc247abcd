package io.openuptimes.runtime.egress;

import io.openuptimes.runtime.IpAddress;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks addresses before a connection is opened. The most specific matching rule decides, on a tie the denying one; an
 * address without a matching rule is permitted. An IPv6 address that embeds an IPv4 address must pass as both.
 *
 * <p>Immutable except for the {@link OwnServers}. Thread-safe; a check takes well under a microsecond.
 */
public final class EgressPolicy {

    private static final List<EgressRule> ALWAYS = List.of(
            EgressRule.byDefault("0.0.0.0/8", "unspecified"),
            EgressRule.byDefault("::", "unspecified"),
            EgressRule.byDefault("169.254.0.0/16", "link-local"),
            EgressRule.byDefault("fe80::/10", "link-local"),
            EgressRule.byDefault("fd00:ec2::254", "metadata"),
            EgressRule.byDefault("100.100.100.200", "metadata"),
            EgressRule.byDefault("168.63.129.16", "metadata"),
            EgressRule.byDefault("224.0.0.0/4", "multicast"),
            EgressRule.byDefault("ff00::/8", "multicast"),
            EgressRule.byDefault("255.255.255.255", "broadcast"));

    private static final List<EgressRule> PRIVATE = Stream.of(
                    "127.0.0.0/8",
                    "::1",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "fc00::/7",
                    "fec0::/10")
            .map(block -> EgressRule.byDefault(block, "egress.private"))
            .toList();

    private static final String OWN_REDIS = "own Redis";

    private final List<EgressRule> rules;
    private final OwnServers own;

    /**
     * @param deny addresses and CIDR blocks
     * @param allow addresses and CIDR blocks
     * @param privateRanges whether loopback and private ranges are permitted by default
     * @param own denied with their port, even if {@code allow} permits them
     * @throws IllegalArgumentException if a text is neither an address nor a CIDR block
     */
    public EgressPolicy(List<String> deny, List<String> allow, boolean privateRanges, OwnServers own) {
        this.rules = Stream.of(
                        ALWAYS.stream(),
                        privateRanges ? Stream.<EgressRule>empty() : PRIVATE.stream(),
                        deny.stream().map(block -> EgressRule.of(block, true, "egress.deny " + block)),
                        allow.stream().map(block -> EgressRule.of(block, false, "egress.allow " + block)))
                .flatMap(some -> some)
                .sorted(Comparator.comparingInt(EgressRule::rank).reversed())
                .toList();
        this.own = own;
    }

    /** The policy with default settings. */
    public static EgressPolicy standard() {
        return new EgressPolicy(List.of(), List.of(), true, new OwnServers());
    }

    /** Returns the name of the rule that denies a connection; null if it is permitted. */
    public @Nullable String denies(InetAddress address, int port) {
        IpAddress to = IpAddress.of(address);
        String rule = denies(to, port);
        if (rule == null) {
            IpAddress embedded = to.embeddedIpv4();
            rule = embedded == null ? null : denies(embedded, port);
        }
        return rule;
    }

    private @Nullable String denies(IpAddress address, int port) {
        if (own.contains(address, port)) {
            return OWN_REDIS;
        }
        for (EgressRule rule : rules) {
            if (rule.block().contains(address)) {
                return rule.denies() ? rule.name() : null;
            }
        }
        return null;
    }
}
