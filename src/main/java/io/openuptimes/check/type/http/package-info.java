/** Checks over HTTP and HTTPS: a fresh connection per request, timed step by step, under one deadline. */
@NullMarked
package io.openuptimes.check.type.http;

import org.jspecify.annotations.NullMarked;
