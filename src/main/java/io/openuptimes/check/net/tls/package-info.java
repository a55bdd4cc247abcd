/** TLS for checks: the handshake's offer, certificate verification, and failure reasons. */
@NullMarked
package io.openuptimes.check.net.tls;

import org.jspecify.annotations.NullMarked;
