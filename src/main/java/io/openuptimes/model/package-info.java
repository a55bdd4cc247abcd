/** What the monitor speaks of, as immutable records and pure rules. Nothing here knows Vert.x. */
@NullMarked
package io.openuptimes.model;

import org.jspecify.annotations.NullMarked;
