/**
 * Connections to Redis: one server, the master known to the sentinels, or a cluster. They reconnect automatically and
 * know nothing about the stored data.
 */
@NullMarked
package io.openuptimes.store.link;

import org.jspecify.annotations.NullMarked;
