/** The audit log: notes taken while a request is handled, and its entry when the request is answered. */
@NullMarked
package io.openuptimes.web.audit;

import org.jspecify.annotations.NullMarked;
