/** Generated requests against the running service, valid and broken, by callers of every kind. */
@NullMarked
package io.openuptimes.attack;

import org.jspecify.annotations.NullMarked;
