/**
 * Check types: their interface, their registry, and the observations of their probers. Each type is a package below
 * this one that only the registry knows.
 */
@NullMarked
package io.openuptimes.check.type;

import org.jspecify.annotations.NullMarked;
