/** A service's past as files are made of it: formats line by line, and the stream that a client takes at its pace. */
@NullMarked
package io.openuptimes.web.history;

import org.jspecify.annotations.NullMarked;
