/**
 * Check types: what a type is, which there are, and what their probers report. Each type is a package below this one
 * that only the registry knows.
 */
@NullMarked
package io.openuptimes.check.type;

import org.jspecify.annotations.NullMarked;
