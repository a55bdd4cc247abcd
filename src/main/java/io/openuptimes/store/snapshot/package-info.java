/** Loading everything that in-memory copies start from. */
@NullMarked
package io.openuptimes.store.snapshot;

import org.jspecify.annotations.NullMarked;
