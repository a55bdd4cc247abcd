@NullMarked
package io.openuptimes.check.net.tls;

import org.jspecify.annotations.NullMarked;
