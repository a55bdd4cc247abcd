package io.openuptimes.model;

import java.util.List;

/**
 * Where a check of a service with locations was made, and what it takes to say how the service is from all of them
 * together: as it was configured then.
 *
 * @param location one of the locations
 * @param locations all of them
 * @param downsNeeded how many of them must find the service down for it to be down
 * @param maxAge how long what a location found counts, milliseconds from the start of its check; what is older is not
 *     known
 */
public record Viewpoint(String location, List<String> locations, int downsNeeded, long maxAge) {

    /**
     * @param defaultInterval seconds, for services that set none
     */
    public static Viewpoint of(Service service, String location, int defaultInterval) {
        return new Viewpoint(location, service.locations(), service.downsNeeded(), service.maxAge(defaultInterval));
    }
}
