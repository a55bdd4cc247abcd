/** Declared services: reads and watches the services file, and makes the store match it exactly. */
@NullMarked
package io.openuptimes.declare;

import org.jspecify.annotations.NullMarked;
