/** The services: read one by one or all, changed one by one or many at once, deleted, brought back and forgotten. */
@NullMarked
package io.openuptimes.store.services;

import org.jspecify.annotations.NullMarked;
