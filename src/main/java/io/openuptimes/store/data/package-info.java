/** The data formats in Redis: keys, packed values, stream entries, and the scripts that process them. */
@NullMarked
package io.openuptimes.store.data;

import org.jspecify.annotations.NullMarked;
