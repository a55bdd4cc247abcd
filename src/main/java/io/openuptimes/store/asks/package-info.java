/** Requests of nodes to each other, which need an answer within seconds. */
@NullMarked
package io.openuptimes.store.asks;

import org.jspecify.annotations.NullMarked;
