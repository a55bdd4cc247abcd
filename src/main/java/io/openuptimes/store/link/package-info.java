/**
 * The ways to Redis: one server, the master that sentinels know, or a cluster. They come back by themselves, and know
 * nothing of what is kept there.
 */
@NullMarked
package io.openuptimes.store.link;

import org.jspecify.annotations.NullMarked;
