package io.openuptimes.bus;

/**
 * Where messages of one type are published to all who listen.
 *
 * @param name on the event bus
 */
public record Topic<M extends Message>(String name) {}
