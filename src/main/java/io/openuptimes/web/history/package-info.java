/** Exports of a service's history: line-based formats, and a stream that runs at the client's pace. */
@NullMarked
package io.openuptimes.web.history;

import org.jspecify.annotations.NullMarked;
