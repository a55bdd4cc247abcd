package io.openuptimes.model;

import java.util.List;

/**
 * Counts of a service's checks and its states, oldest first. Hours and days are UTC; the last of each is still running.
 *
 * @param serviceId of the service
 * @param uptime share of known time during which it was up
 * @param hoursFrom start of the first hour, epoch milliseconds
 * @param hours 24 entries
 * @param hourTimes how long it was in each state in each of these hours
 * @param daysFrom start of the first day, epoch milliseconds
 * @param days 90 entries
 * @param dayTimes how long it was in each state on each of these days
 */
public record UptimeReport(
        String serviceId,
        Uptime uptime,
        long hoursFrom,
        List<CheckCounts> hours,
        List<StateTimes> hourTimes,
        long daysFrom,
        List<CheckCounts> days,
        List<StateTimes> dayTimes) {

    public static final int HOURS = 24;
    public static final int DAYS = 90;

    public UptimeReport {
        hours = List.copyOf(hours);
        hourTimes = List.copyOf(hourTimes);
        days = List.copyOf(days);
        dayTimes = List.copyOf(dayTimes);
    }
}
