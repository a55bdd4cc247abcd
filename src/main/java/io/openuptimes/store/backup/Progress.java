package io.openuptimes.store.backup;

/**
 * How far a backup or a restore is.
 *
 * @param done what is done of it: services, or records of the file
 * @param total of these
 */
public record Progress(long done, long total) {}
