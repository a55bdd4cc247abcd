/** The typed event bus: addresses, messages, failure codes and a local codec. */
@NullMarked
package io.openuptimes.bus;

import org.jspecify.annotations.NullMarked;
