package io.openuptimes.health;

import io.openuptimes.model.ServiceState;

/**
 * The changes of a service that has changed too often on one day, summed up in one entry.
 *
 * @param from time of the first of these changes, epoch milliseconds
 * @param last time of the last one
 * @param before the state until {@code from}
 * @param state since {@code last}
 * @param reason code of the outcome that decided {@code state}
 * @param changes number of changes
 * @param up time between {@code from} and {@code last} during which it was up, milliseconds
 * @param down time between them during which it was down; the rest is neither
 */
public record StateSum(
        long from, long last, ServiceState before, ServiceState state, int reason, int changes, long up, long down)
        implements Logged {}
