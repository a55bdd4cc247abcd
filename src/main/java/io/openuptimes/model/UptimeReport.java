package io.openuptimes.model;

import java.util.List;

/**
 * What is counted of a service's checks, oldest first. Hours and days are those of UTC; the last of each is not over.
 *
 * @param serviceId whose
 * @param uptime the shares of its checks that found it up
 * @param hoursFrom when the first hour began, epoch milliseconds
 * @param hours 24 of them
 * @param daysFrom when the first day began, epoch milliseconds
 * @param days 90 of them
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
