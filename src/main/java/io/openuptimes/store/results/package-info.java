/**
 * The way of results: they wait, are written in batches, and what they change is told in this process and to other
 * nodes.
 */
@NullMarked
package io.openuptimes.store.results;

import org.jspecify.annotations.NullMarked;
