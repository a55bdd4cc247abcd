package io.openuptimes.runtime.egress;

import io.openuptimes.runtime.IpBlock;

/**
 * Permits or denies a block of addresses.
 *
 * @param rank of all rules that match an address, the one with the highest decides
 * @param name what a writer is told
 */
record EgressRule(IpBlock block, int rank, boolean denies, String name) {

    /**
     * A rule of the settings. The longer prefix outranks the shorter one; of two equal ones, the rule that denies does.
     *
     * @throws IllegalArgumentException if it is not an address or a CIDR block
     */
    static EgressRule of(String block, boolean denies, String name) {
        IpBlock parsed = parse(block);
        return new EgressRule(parsed, rank(parsed) + (denies ? 1 : 0), denies, name);
    }

    /** Denied by default. For a single address it yields to a rule that permits just that: no prefix is longer. */
    static EgressRule byDefault(String block, String name) {
        IpBlock parsed = parse(block);
        boolean single = parsed.bits() == parsed.address().bits();
        return new EgressRule(parsed, rank(parsed) + (single ? -1 : 1), true, name);
    }

    private static int rank(IpBlock block) {
        return block.bits() * 4;
    }

    private static IpBlock parse(String block) {
        IpBlock parsed = IpBlock.parse(block);
        if (parsed == null) {
            throw new IllegalArgumentException("not an address or a CIDR block: " + block);
        }
        return parsed;
    }
}
