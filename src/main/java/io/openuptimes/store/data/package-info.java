/** What Redis holds, and in which form: keys, packed values, entries of streams, and the scripts that work on them. */
@NullMarked
package io.openuptimes.store.data;

import org.jspecify.annotations.NullMarked;
