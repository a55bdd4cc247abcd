package io.openuptimes.bus;

/**
 * The event bus address on which messages of one type are published.
 *
 * @param name on the event bus
 */
public record Topic<M extends Message>(String name) {}
