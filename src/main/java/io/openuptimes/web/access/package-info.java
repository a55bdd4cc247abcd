/** Who may do what: keys, sessions, the set-up token, rate limits. */
@NullMarked
package io.openuptimes.web.access;

import org.jspecify.annotations.NullMarked;
