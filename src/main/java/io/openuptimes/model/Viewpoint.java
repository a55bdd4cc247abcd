package io.openuptimes.model;

import java.util.List;

/**
 * The location of a check, with the service's configuration at that time needed to combine the results of all its locations.
 *
 * @param location one of the locations
 * @param locations all of them
 * @param downsNeeded number of locations that must find the service down for it to be down
 * @param maxAge how long a location's result stays current, milliseconds from the start of its check; older results are
 *     ignored
 */
public record Viewpoint(String location, List<String> locations, int downsNeeded, long maxAge) {

    /**
     * @param defaultInterval seconds, for services without an interval
     */
    public static Viewpoint of(Service service, String location, int defaultInterval) {
        return new Viewpoint(location, service.locations(), service.downsNeeded(), service.maxAge(defaultInterval));
    }
}
