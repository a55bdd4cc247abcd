/** Data stored in Redis: services, status, history, rollups, keys and sessions. */
@NullMarked
package io.openuptimes.store;

import org.jspecify.annotations.NullMarked;
