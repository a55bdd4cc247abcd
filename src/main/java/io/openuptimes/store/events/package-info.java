/** The event stream: appending, following, and reading what is past. */
@NullMarked
package io.openuptimes.store.events;

import org.jspecify.annotations.NullMarked;
