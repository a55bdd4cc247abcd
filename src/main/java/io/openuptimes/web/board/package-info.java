/** The status board: every service and what is known of it now, in memory, and the bytes that polls are answered with. */
@NullMarked
package io.openuptimes.web.board;

import org.jspecify.annotations.NullMarked;
