/**
 * The network side of checks, independent of their type: attempts with a deadline, connections to the first address
 * that answers, TLS, name lookup, the egress policy, and protection against shortages of this machine.
 */
@NullMarked
package io.openuptimes.check.net;

import org.jspecify.annotations.NullMarked;
