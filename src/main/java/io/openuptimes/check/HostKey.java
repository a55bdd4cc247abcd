package io.openuptimes.check;

import io.openuptimes.model.StableHash;
import io.openuptimes.model.Target;

/**
 * What a check goes to, host and port, as a number: a hash of 64 bits, which takes less memory than the text and is made
 * only once for each service. Two that share one by chance would share their permits, which harms neither.
 */
final class HostKey {

    private HostKey() {}

    static long of(String url) {
        try {
            Target target = Target.of(url);
            return StableHash.of(target.host() + ":" + target.port());
        } catch (IllegalArgumentException e) {
            return StableHash.of(url); // its check says what is wrong with it
        }
    }
}
