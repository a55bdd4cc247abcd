/** The Redis server that the service runs as a child process when it is given none: which program, how, on which files. */
@NullMarked
package io.openuptimes.store.embedded;

import org.jspecify.annotations.NullMarked;
