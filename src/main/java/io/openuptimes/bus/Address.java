package io.openuptimes.bus;

/**
 * Where requests of one type go and what they are answered with.
 *
 * @param name on the event bus
 */
public record Address<Q extends Message, A extends Message>(String name) {}
