/** The event bus as the other packages see it: addresses, messages, failure codes, one local codec. */
@NullMarked
package io.openuptimes.bus;

import org.jspecify.annotations.NullMarked;
