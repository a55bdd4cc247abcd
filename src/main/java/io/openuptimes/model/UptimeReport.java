package io.openuptimes.model;

import java.util.List;

/**
 * Counts of a service's checks, oldest first. Hours and days are UTC; the last of each is still running.
 *
 * @param serviceId of the service
 * @param uptime share of checks that found it up
 * @param hoursFrom start of the first hour, epoch milliseconds
 * @param hours 24 entries
 * @param daysFrom start of the first day, epoch milliseconds
 * @param days 90 entries
 */
public record UptimeReport(
        String serviceId,
        Uptime uptime,
        long hoursFrom,
        List<CheckCounts> hours,
        long daysFrom,
        List<CheckCounts> days) {

    public static final int HOURS = 24;
    public static final int DAYS = 90;

    public UptimeReport {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }
}
