package io.openuptimes.web.access;

import io.openuptimes.runtime.IpAddress;
import io.openuptimes.runtime.IpBlock;
import java.util.List;

/** The proxies whose headers are trusted. */
final class TrustedProxies {

    private final List<IpBlock> blocks;

    /**
     * @param blocks addresses and CIDR blocks
     * @throws IllegalArgumentException if one is neither; the message names the setting
     */
    TrustedProxies(List<String> blocks) {
        this.blocks = blocks.stream().map(TrustedProxies::block).toList();
    }

    private static IpBlock block(String text) {
        IpBlock block = IpBlock.parse(text);
        if (block == null) {
            throw new IllegalArgumentException(
                    "http.trustedProxies: must be addresses or CIDR blocks, not \"" + text + "\"");
        }
        return block;
    }

    boolean contains(IpAddress address) {
        for (IpBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
