/**
 * The interfaces of check types and probers, and the observations that probers return. Each type is a package below
 * this one, named only by its line in {@code META-INF/services/io.openuptimes.model.SpecType}.
 */
@NullMarked
package io.openuptimes.check.type;

import org.jspecify.annotations.NullMarked;
