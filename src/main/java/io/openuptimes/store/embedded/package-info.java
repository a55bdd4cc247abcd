/** The Redis server run as a child process if none is configured: choice of program, process, and files. */
@NullMarked
package io.openuptimes.store.embedded;

import org.jspecify.annotations.NullMarked;
