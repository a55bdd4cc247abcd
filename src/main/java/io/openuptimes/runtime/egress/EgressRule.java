package io.openuptimes.runtime.egress;

import io.openuptimes.runtime.IpBlock;

/**
 * Permits or denies a block of addresses.
 *
 * @param rank the matching rule with the highest rank decides
 * @param name shown to writers
 */
record EgressRule(IpBlock block, int rank, boolean denies, String name) {

    /**
     * Creates a rule from the settings. A longer prefix outranks a shorter one; on a tie, the denying rule wins.
     *
     * @throws IllegalArgumentException if it is not an address or a CIDR block
     */
    static EgressRule of(String block, boolean denies, String name) {
        IpBlock parsed = parse(block);
        return new EgressRule(parsed, rank(parsed) + (denies ? 1 : 0), denies, name);
    }

    /**
     * A default deny rule. For a single address, a permit rule for the same address outranks it: no prefix could be
     * longer.
     */
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
