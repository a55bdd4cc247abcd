/** The HTTP side: the routes and a handler for each resource; what they share is in the packages below. */
@NullMarked
package io.openuptimes.web;

import org.jspecify.annotations.NullMarked;
