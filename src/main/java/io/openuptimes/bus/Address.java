package io.openuptimes.bus;

/**
 * The event bus address of one request type, with its answer type.
 *
 * @param name on the event bus
 */
public record Address<Q extends Message, A extends Message>(String name) {}
