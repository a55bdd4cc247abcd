/** Shared by all request handlers: query and body parsing, responses and errors. */
@NullMarked
package io.openuptimes.web.http;

import org.jspecify.annotations.NullMarked;
