/** Renders {@code /metrics}: the series of services, combined with the process's metrics. */
@NullMarked
package io.openuptimes.web.metrics;

import org.jspecify.annotations.NullMarked;
