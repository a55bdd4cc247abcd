/**
 * Check types: their interface, their probers, and the observations of those. Each type is a package below this one,
 * which only its line in {@code META-INF/services/io.openuptimes.model.SpecType} names.
 */
@NullMarked
package io.openuptimes.check.type;

import org.jspecify.annotations.NullMarked;
