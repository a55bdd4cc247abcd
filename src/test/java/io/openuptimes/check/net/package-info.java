@NullMarked
package io.openuptimes.check.net;

import org.jspecify.annotations.NullMarked;
