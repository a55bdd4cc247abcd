/** How checks speak TLS: what is offered, whose certificates are believed, and why a handshake failed. */
@NullMarked
package io.openuptimes.check.tls;

import org.jspecify.annotations.NullMarked;
