/** Fuzzes the running service with valid and invalid requests from all kinds of callers. */
@NullMarked
package io.openuptimes.attack;

import org.jspecify.annotations.NullMarked;
