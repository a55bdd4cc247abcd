/** Finds out whether a failed check is the fault of this node's own line or name servers. */
@NullMarked
package io.openuptimes.check.egress;

import org.jspecify.annotations.NullMarked;
