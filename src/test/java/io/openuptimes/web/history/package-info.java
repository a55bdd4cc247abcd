@NullMarked
package io.openuptimes.web.history;

import org.jspecify.annotations.NullMarked;
