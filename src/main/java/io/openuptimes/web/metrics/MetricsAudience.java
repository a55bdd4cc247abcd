package io.openuptimes.web.metrics;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.access.Sight;

/**
 * Callers that get the same metrics.
 *
 * @param sight the services that they can see
 * @param disclosure how much of a service's URL they see; {@link Disclosure#PUBLIC} for none
 */
public record MetricsAudience(Sight sight, Disclosure disclosure) {}
