/**
 * Resolves names as the system's C library does: hosts file, then name servers along the search list. Ignores
 * {@code nsswitch.conf}, the variables {@code LOCALDOMAIN} and {@code RES_OPTIONS}, the domain of the host's own name,
 * and options of {@code resolv.conf} other than {@code ndots}, {@code timeout} and {@code attempts}.
 */
@NullMarked
package io.openuptimes.check.net.lookup;

import org.jspecify.annotations.NullMarked;
