/** Which addresses the service may connect to on behalf of its users. */
@NullMarked
package io.openuptimes.runtime.egress;

import org.jspecify.annotations.NullMarked;
