/** What {@code /metrics} says: the series of services, and the text that they and the process's metrics make. */
@NullMarked
package io.openuptimes.web.metrics;

import org.jspecify.annotations.NullMarked;
