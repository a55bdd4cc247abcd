/** Services: reading one or all, single and bulk changes, deleting, restoring and forgetting. */
@NullMarked
package io.openuptimes.store.services;

import org.jspecify.annotations.NullMarked;
