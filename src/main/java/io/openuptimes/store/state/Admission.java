package io.openuptimes.store.state;

import io.openuptimes.store.backup.RestoreMark;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.InstallationKey;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether this node may use the store: the data must be complete and of a format that this version reads, and
 * its secrets must be readable.
 */
public final class Admission {

    private final Link link;
    private final StoreFormat format;
    private final InstallationKey key;

    public Admission(Link link, StoreFormat format, InstallationKey key) {
        this.link = link;
        this.format = format;
        this.key = key;
    }

    /**
     * Checks again. Call before reading or writing anything else, and periodically.
     *
     * @return fails if the node may not use the store, or if that cannot be determined
     */
    public Future<Void> check() {
        return RestoreMark.refuse(link).compose(complete -> format.follow()).compose(readable -> key.follow());
    }

    /** Whether the failure means that the node may not use the store. */
    static boolean isRefusal(@Nullable Throwable failure) {
        return RestoreMark.isRefusal(failure) || StoreFormat.isMismatch(failure) || InstallationKey.isMismatch(failure);
    }
}
