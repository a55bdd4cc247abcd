package io.openuptimes.store.link;

import io.vertx.core.Future;

/** Finds the server that accepts writes and connects to it. */
interface Dialer {

    /** A connection with the scripts loaded. */
    Future<Wire> dial();

    /** Whether another server may be promoted in place of the current one. */
    boolean follows();

    /**
     * Whether the connection's server is still the master, as far as can be determined.
     *
     * @return never fails
     */
    Future<Boolean> holds(Wire wire);
}
