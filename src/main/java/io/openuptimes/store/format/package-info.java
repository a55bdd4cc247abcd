/** The version number of what Redis holds: which versions of the program may use it, and when it is raised. */
@NullMarked
package io.openuptimes.store.format;

import org.jspecify.annotations.NullMarked;
