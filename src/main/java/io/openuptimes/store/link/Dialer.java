package io.openuptimes.store.link;

import io.vertx.core.Future;

/** Finds the server that takes writes, and connects to it. */
interface Dialer {

    /** A connection to it, the scripts loaded. */
    Future<Wire> dial();

    /** Whether another server may take its place. */
    boolean follows();

    /**
     * Whether the server of that connection still is the one, as far as can be told.
     *
     * @return never fails
     */
    Future<Boolean> holds(Wire wire);
}
