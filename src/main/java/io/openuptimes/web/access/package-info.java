/** Authentication and authorization: keys, sessions, the setup token, rate limits. */
@NullMarked
package io.openuptimes.web.access;

import org.jspecify.annotations.NullMarked;
