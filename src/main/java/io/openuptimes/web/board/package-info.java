/** The status board: every service and its current state, in memory, and the rendered answers to polls. */
@NullMarked
package io.openuptimes.web.board;

import org.jspecify.annotations.NullMarked;
