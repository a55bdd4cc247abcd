package io.openuptimes.check;

import io.openuptimes.model.Target;
import io.openuptimes.runtime.StableHash;

/**
 * A 64-bit hash of a check's host and port; smaller than the text, and computed once per service. Two hosts that
 * collide share their permits, which is harmless.
 */
final class HostKey {

    private HostKey() {}

    static long of(String url) {
        try {
            Target target = Target.of(url);
            return StableHash.of(target.host() + ":" + target.port());
        } catch (IllegalArgumentException e) {
            return StableHash.of(url); // the check itself reports the invalid URL
        }
    }
}
