/** The settings: parsing, validation and error messages. */
@NullMarked
package io.openuptimes.config;

import org.jspecify.annotations.NullMarked;
