/** The settings: nested records with defaults, read from a file and the environment. */
@NullMarked
package io.openuptimes.config;

import org.jspecify.annotations.NullMarked;
