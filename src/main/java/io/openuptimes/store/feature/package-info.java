/** The interface between the store's verticle and its features, and the dependencies that all features share. */
@NullMarked
package io.openuptimes.store.feature;

import org.jspecify.annotations.NullMarked;
