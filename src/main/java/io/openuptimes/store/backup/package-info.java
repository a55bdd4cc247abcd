/** Backup files: written from a store that is in use, restored into one that is not. */
@NullMarked
package io.openuptimes.store.backup;

import org.jspecify.annotations.NullMarked;
