/** The domain model: immutable records and pure rules. Independent of Vert.x. */
@NullMarked
package io.openuptimes.model;

import org.jspecify.annotations.NullMarked;
