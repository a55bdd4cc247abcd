@NullMarked
package io.openuptimes.check.net.lookup;

import org.jspecify.annotations.NullMarked;
