package io.openuptimes.store;

import io.openuptimes.store.backup.RestoreMark;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.InstallationKey;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Whether this node may work with what the store holds: it must be complete, and its secrets must be readable. */
final class Admission {

    private final Link link;
    private final InstallationKey key;

    Admission(Link link, InstallationKey key) {
        this.link = link;
        this.key = key;
    }

    /**
     * Looks again. To be called before anything else is read or written, and from time to time.
     *
     * @return fails if it may not, or if that cannot be known
     */
    Future<Void> check() {
        return RestoreMark.refuse(link).compose(complete -> key.follow());
    }

    /** Whether it may not. */
    static boolean isRefusal(@Nullable Throwable failure) {
        return RestoreMark.isRefusal(failure) || InstallationKey.isMismatch(failure);
    }
}
