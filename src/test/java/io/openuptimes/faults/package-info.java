/** The whole service during real Redis failures. */
@NullMarked
package io.openuptimes.faults;

import org.jspecify.annotations.NullMarked;
