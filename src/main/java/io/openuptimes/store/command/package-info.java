/** Access to the store for commands, beside a running service or while it is stopped. */
@NullMarked
package io.openuptimes.store.command;

import org.jspecify.annotations.NullMarked;
