/** Shared by all request handlers: query and body parsing, responses and errors, long bodies and long work. */
@NullMarked
package io.openuptimes.web.http;

import org.jspecify.annotations.NullMarked;
