/** The event stream: appending, following, and reading past events. */
@NullMarked
package io.openuptimes.store.events;

import org.jspecify.annotations.NullMarked;
