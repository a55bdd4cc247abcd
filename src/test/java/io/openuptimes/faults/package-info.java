/** The whole service while its Redis fails for real. */
@NullMarked
package io.openuptimes.faults;

import org.jspecify.annotations.NullMarked;
