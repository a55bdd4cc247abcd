package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a list of services, before it has been matched with an existing service.
 *
 * @param index of the entry, from 0
 * @param id of the existing or new service; null to match by name
 * @param createdAt epoch milliseconds, for a new service; null for now
 * @param service all other fields; its own id, creation time and declared flag are ignored
 */
public record ServiceDraft(
        int index, @Nullable String id, @Nullable Long createdAt, Service service) {

    /**
     * The service of this draft, once matched.
     *
     * @param before the stored service, whose unknown members it keeps; null if it is new
     */
    public Service as(String serviceId, long created, boolean declared, @Nullable Service before) {
        Service matched = service.as(serviceId, created, declared);
        return before == null ? matched : matched.withUnknown(before.unknown());
    }
}
