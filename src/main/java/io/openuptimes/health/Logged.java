package io.openuptimes.health;

/** An entry of a service's state log. */
public sealed interface Logged permits StateChange, StateSum {}
