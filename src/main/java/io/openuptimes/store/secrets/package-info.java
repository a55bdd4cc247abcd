/** Secrets at rest: keys, and the encryption of single values. */
@NullMarked
package io.openuptimes.store.secrets;

import org.jspecify.annotations.NullMarked;
