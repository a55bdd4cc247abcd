@NullMarked
package io.openuptimes.web.board;

import org.jspecify.annotations.NullMarked;
