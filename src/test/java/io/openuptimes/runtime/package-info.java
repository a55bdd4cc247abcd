@NullMarked
package io.openuptimes.runtime;

import org.jspecify.annotations.NullMarked;
