/** The store for commands: they run beside the service, or while it is stopped. */
@NullMarked
package io.openuptimes.store.command;

import org.jspecify.annotations.NullMarked;
