/** Records of requests with an {@code Idempotency-Key}. */
@NullMarked
package io.openuptimes.store.once;

import org.jspecify.annotations.NullMarked;
