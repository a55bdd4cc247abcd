/** The command line: options, commands, and their output. */
@NullMarked
package io.openuptimes.cli;

import org.jspecify.annotations.NullMarked;
