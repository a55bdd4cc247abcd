/** History: reading, summarizing, clearing and retention. */
@NullMarked
package io.openuptimes.store.history;

import org.jspecify.annotations.NullMarked;
