/** Finds the addresses of names as the system's C library does: hosts file, then name servers along the search list. */
@NullMarked
package io.openuptimes.check.net;

import org.jspecify.annotations.NullMarked;
