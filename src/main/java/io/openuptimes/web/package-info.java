/** The HTTP API: routes and a handler per resource; the subpackages hold what they share. */
@NullMarked
package io.openuptimes.web;

import org.jspecify.annotations.NullMarked;
