/** Plain tools that every part may use, and that know nothing of services. */
@NullMarked
package io.openuptimes.runtime;

import org.jspecify.annotations.NullMarked;
