/** Queues results, writes them in batches, and tells this process and other nodes about the changes. */
@NullMarked
package io.openuptimes.store.results;

import org.jspecify.annotations.NullMarked;
