/** The command line: its options and commands, and what they print. */
@NullMarked
package io.openuptimes.cli;

import org.jspecify.annotations.NullMarked;
