/** A minimal check type, which shows that a type is a package of a few small files. */
@NullMarked
package io.openuptimes.check.type.line;

import org.jspecify.annotations.NullMarked;
