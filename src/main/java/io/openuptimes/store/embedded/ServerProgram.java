package io.openuptimes.store.embedded;

import java.nio.file.Path;

/**
 * A server that can be started.
 *
 * @param executable for a bundled one, where it will be unpacked
 */
record ServerProgram(Path executable, ServerVersion version, Origin origin) {

    enum Origin {
        /** Found on the system. */
        INSTALLED,
        /** Named by the setting {@code redis.server}. */
        NAMED,
        /** Bundled with the service. */
        BUNDLED
    }

    /** For a log line. */
    @Override
    public String toString() {
        return version + " (" + (origin == Origin.BUNDLED ? "bundled" : executable) + ")";
    }
}
