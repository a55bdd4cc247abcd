/** Startup and wiring. */
@NullMarked
package io.openuptimes;

import org.jspecify.annotations.NullMarked;
