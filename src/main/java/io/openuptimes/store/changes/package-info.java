/** How services are changed: in turn across nodes, and atomically. */
@NullMarked
package io.openuptimes.store.changes;

import org.jspecify.annotations.NullMarked;
