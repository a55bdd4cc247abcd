/** The HTTP side: routes, handlers, access, and the snapshot that polls are answered from. */
@NullMarked
package io.openuptimes.web;

import org.jspecify.annotations.NullMarked;
