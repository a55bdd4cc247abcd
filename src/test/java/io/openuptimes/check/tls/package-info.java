@NullMarked
package io.openuptimes.check.tls;

import org.jspecify.annotations.NullMarked;
