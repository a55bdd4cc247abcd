/** Services that are declared in a file: reads it, watches it, and has the store hold exactly what it says. */
@NullMarked
package io.openuptimes.declare;

import org.jspecify.annotations.NullMarked;
