package io.openuptimes.store.state;

import io.openuptimes.store.backup.RestoreMark;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.InstallationKey;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Decides whether this node may use the store: its data must be complete and its secrets readable. */
public final class Admission {

    private final Link link;
    private final InstallationKey key;

    public Admission(Link link, InstallationKey key) {
        this.link = link;
        this.key = key;
    }

    /**
     * Checks again. Call before reading or writing anything else, and periodically.
     *
     * @return fails if the node may not use the store, or if that cannot be determined
     */
    public Future<Void> check() {
        return RestoreMark.refuse(link).compose(complete -> key.follow());
    }

    /** Whether the failure means that the node may not use the store. */
    static boolean isRefusal(@Nullable Throwable failure) {
        return RestoreMark.isRefusal(failure) || InstallationKey.isMismatch(failure);
    }
}
