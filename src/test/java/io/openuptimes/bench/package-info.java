/** Measuring programs, run by hand. */
@NullMarked
package io.openuptimes.bench;

import org.jspecify.annotations.NullMarked;
