/** The audit log. */
@NullMarked
package io.openuptimes.store.audit;

import org.jspecify.annotations.NullMarked;
