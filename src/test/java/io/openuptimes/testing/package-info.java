/** Servers and certificates that tests share. */
@NullMarked
package io.openuptimes.testing;

import org.jspecify.annotations.NullMarked;
