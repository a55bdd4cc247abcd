/** TLS for the HTTP server: its certificate and key, and their replacement while connections are open. */
@NullMarked
package io.openuptimes.web.tls;

import org.jspecify.annotations.NullMarked;
