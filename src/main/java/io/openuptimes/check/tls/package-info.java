/** TLS for checks: the handshake's offer, certificate verification, and failure reasons. */
@NullMarked
package io.openuptimes.check.tls;

import org.jspecify.annotations.NullMarked;
