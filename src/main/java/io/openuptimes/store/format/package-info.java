/** The number of the stored data's format: which versions of the program may use the data, and when it is raised. */
@NullMarked
package io.openuptimes.store.format;

import org.jspecify.annotations.NullMarked;
