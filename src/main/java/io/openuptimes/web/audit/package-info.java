/** The audit log: notes taken during a request, and the entry made of them when it is answered. */
@NullMarked
package io.openuptimes.web.audit;

import org.jspecify.annotations.NullMarked;
