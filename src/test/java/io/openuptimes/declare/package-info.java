@NullMarked
package io.openuptimes.declare;

import org.jspecify.annotations.NullMarked;
