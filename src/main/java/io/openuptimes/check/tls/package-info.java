/** TLS of the checks: the handshake's offer, certificate verification, and the reasons for failures. */
@NullMarked
package io.openuptimes.check.tls;

import org.jspecify.annotations.NullMarked;
