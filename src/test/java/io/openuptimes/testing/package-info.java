/** Servers, certificates and other fixtures shared by tests. */
@NullMarked
package io.openuptimes.testing;

import org.jspecify.annotations.NullMarked;
