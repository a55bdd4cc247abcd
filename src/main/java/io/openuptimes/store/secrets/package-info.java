/** Secrets at rest: keys, and how single values are encrypted with them. */
@NullMarked
package io.openuptimes.store.secrets;

import org.jspecify.annotations.NullMarked;
