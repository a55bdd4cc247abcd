package io.openuptimes.store.backup;

/**
 * The progress of a backup or a restore.
 *
 * @param done number of services, or of the file's records, done
 * @param total total number of these
 */
public record Progress(long done, long total) {}
