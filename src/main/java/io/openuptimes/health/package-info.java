/** Derives a service's status from the results of its checks: pure rules, without clock, I/O or Vert.x. */
@NullMarked
package io.openuptimes.health;

import org.jspecify.annotations.NullMarked;
