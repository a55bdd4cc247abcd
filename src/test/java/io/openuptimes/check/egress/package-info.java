@NullMarked
package io.openuptimes.check.egress;

import org.jspecify.annotations.NullMarked;
