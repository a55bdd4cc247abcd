/** The check in HTTP and HTTPS: one fresh connection a request, timed step by step, under one deadline. */
@NullMarked
package io.openuptimes.check.http;

import org.jspecify.annotations.NullMarked;
