package io.openuptimes.model;

/**
 * A past check as the history keeps it.
 *
 * @param timestamp when the check started, epoch milliseconds
 * @param outcome how it ended
 * @param responseTime milliseconds
 * @param statusCode 0 where there was none
 * @param error empty when up
 */
public record HistoryEntry(long timestamp, Outcome outcome, int responseTime, int statusCode, String error) {}
