package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * One of many services as a caller gives it, before it is known which one it is.
 *
 * @param index of the entry, from 0
 * @param id of the service that it is, or is to be; null if its name says so
 * @param createdAt epoch milliseconds, for a service that is not there yet; null for now
 * @param service all the other fields; its own id, time and mark mean nothing
 */
public record ServiceDraft(
        int index, @Nullable String id, @Nullable Long createdAt, Service service) {

    /** The service that this is, once that is known. */
    public Service as(String serviceId, long created, boolean declared) {
        return new Service(
                serviceId,
                created,
                service.name(),
                service.url(),
                service.description(),
                service.group(),
                service.expectedStatus(),
                service.method(),
                service.timeout(),
                service.interval(),
                service.visible(),
                service.paused(),
                service.headers(),
                service.body(),
                service.bodySecret(),
                service.followRedirects(),
                service.ignoreTlsErrors(),
                service.expectedStatuses(),
                service.clientCertificate(),
                service.minTlsVersion(),
                service.labels(),
                service.locations(),
                service.quorum(),
                declared);
    }
}
