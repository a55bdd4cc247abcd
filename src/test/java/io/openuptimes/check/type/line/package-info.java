/** The smallest check type that does what a real one must: shows that one is a package of a few small files. */
@NullMarked
package io.openuptimes.check.type.line;

import org.jspecify.annotations.NullMarked;
