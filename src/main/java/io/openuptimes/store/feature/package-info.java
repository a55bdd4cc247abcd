/** What a room of the store offers the verticle, and what all rooms share. */
@NullMarked
package io.openuptimes.store.feature;

import org.jspecify.annotations.NullMarked;
