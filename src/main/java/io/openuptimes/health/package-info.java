/** From the outcomes of checks to a service's status: pure rules, without clock, I/O or Vert.x. */
@NullMarked
package io.openuptimes.health;

import org.jspecify.annotations.NullMarked;
