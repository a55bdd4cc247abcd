/** The settings: what is read, what is refused and with which words. */
@NullMarked
package io.openuptimes.config;

import org.jspecify.annotations.NullMarked;
