/** General-purpose utilities, independent of services. */
@NullMarked
package io.openuptimes.runtime;

import org.jspecify.annotations.NullMarked;
