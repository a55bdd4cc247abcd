/**
 * What checks of every type need: attempts with a deadline, a connection to the first address that answers, TLS, name
 * lookup, the egress policy, and protection against this machine's own shortages. Knows no check type.
 */
@NullMarked
package io.openuptimes.check.net;

import org.jspecify.annotations.NullMarked;
