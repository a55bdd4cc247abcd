/** TLS for the server itself: the certificate, its key, and their replacement while connections are open. */
@NullMarked
package io.openuptimes.web.tls;

import org.jspecify.annotations.NullMarked;
