package io.openuptimes.web.metrics;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.access.Sight;

/**
 * Callers who get the same metrics.
 *
 * @param sight the services they see
 * @param disclosure how much of a service's URL they see; {@link Disclosure#PUBLIC} for none of it
 */
public record MetricsAudience(Sight sight, Disclosure disclosure) {}
