@NullMarked
package io.openuptimes.web.intake;

import org.jspecify.annotations.NullMarked;
