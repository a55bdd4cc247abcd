/** How a change is made: one after the other where many nodes make them, as a whole or not at all. */
@NullMarked
package io.openuptimes.store.changes;

import org.jspecify.annotations.NullMarked;
